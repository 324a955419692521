"""A student's program."""
