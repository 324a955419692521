"""Parts that several programs on the terminal share."""
