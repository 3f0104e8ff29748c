"""Verify: rules over the corpus and the graph, and the ways to report what they find."""
