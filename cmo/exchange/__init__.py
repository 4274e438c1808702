"""Bytes to import plans, and records to bytes. Nothing here touches the graph."""
