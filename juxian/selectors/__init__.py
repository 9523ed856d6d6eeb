"""What a page needs to know: reads only."""
