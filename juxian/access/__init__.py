"""Who may see, who may act."""
