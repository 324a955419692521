"""Keep what players did, in one SQLite file. Knows the quiz and the bank, and no screen."""
