"""A whole cycle of synthetic people, through the same actions that the pages use."""
