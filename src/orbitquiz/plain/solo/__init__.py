"""One player, line by line."""
