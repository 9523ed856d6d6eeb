"""Juxian 举贤: a talent or honours selection, from the official notice to the approved roster."""
