"""公众端: the guide, the notices, objections, and what a receipt number answers."""
