"""Where people sit: one desk per audience (端)."""
