"""What an author works on: a bank's files, the fact that is being written, and what can be undone."""
