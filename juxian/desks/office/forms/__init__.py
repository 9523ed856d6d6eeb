"""What the office desk's pages take in, one module for each sort of work."""
