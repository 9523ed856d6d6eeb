"""The secretariat's pages, one module for each sort of work."""
