"""Link: resolve targets, build the graph, suggest what to read next."""
