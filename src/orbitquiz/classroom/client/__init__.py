"""A student's or a host's end of a room: connecting, coming back, and remembering the seat."""
