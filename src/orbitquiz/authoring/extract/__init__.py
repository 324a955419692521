"""Reading documents of several formats as clean text."""
