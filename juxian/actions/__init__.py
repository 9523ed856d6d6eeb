"""What people do: the only writers."""
