"""What is on file: models, constraints, migrations."""
