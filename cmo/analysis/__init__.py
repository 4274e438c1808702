"""Pure functions over what queries returned: support, patterns. No graph, no files."""
