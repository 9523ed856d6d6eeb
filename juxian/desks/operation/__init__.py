"""The operator's desk (运行端): how the system runs, and nothing of what it holds."""
