"""The graph: addresses, engines, named queries, transactions and the schema."""
