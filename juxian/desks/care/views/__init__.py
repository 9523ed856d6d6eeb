"""The pages about offices, their posts, and the sheets that are sent in."""
