"""申报端: beginning, filling, proving, submitting, mending, and following one's application."""
