"""What happens by itself: the clock, errands, commands."""
