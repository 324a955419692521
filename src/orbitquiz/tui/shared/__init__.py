"""What several programs on the terminal share."""
