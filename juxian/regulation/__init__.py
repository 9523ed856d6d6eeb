"""What the call says: pure rules, without framework, clock or database."""
