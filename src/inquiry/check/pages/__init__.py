"""Ordinary pages: what MkDocs would make of them, with the places in their Markdown."""
