"""The office desk's pages, one module for each sort of work."""
