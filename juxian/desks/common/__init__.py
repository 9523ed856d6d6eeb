"""What every desk shares: the frame of a page, its parts, its words, and signing in."""
