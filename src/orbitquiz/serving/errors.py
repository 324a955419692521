"""Errors that end a service before it starts."""


class UnusableDatabase(Exception):
    """The database cannot be reached, or was made by a newer version. The message says why, and what to do."""
