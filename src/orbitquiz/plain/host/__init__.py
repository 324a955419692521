"""A room line by line: for who hosts it, and for a student."""
