"""The page for phones, in a real browser against a real room."""
