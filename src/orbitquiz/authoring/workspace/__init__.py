"""The author's work: a bank's files, the fact that is being written, and what can be undone."""
