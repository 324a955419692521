"""The author's program: a document on one side, its facts on the other."""
