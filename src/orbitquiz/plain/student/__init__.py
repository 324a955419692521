"""A student's side of a room, line by line."""
