"""A game at work: what a player does, kept before it is shown. Screens and plain text both play through this."""
