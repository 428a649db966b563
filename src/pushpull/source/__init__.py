"""YAML with places: every value knows its file, line and column, and one tree can be laid over another."""
