"""专家端: a panel member's pledge, recusals, reading and voting."""
