"""Errors that end a service before it starts."""


class CannotListen(Exception):
    """The port for people who come by ssh cannot be had. The message says why, and what to do."""


class UnusableDatabase(Exception):
    """The database cannot be reached, or was made by a newer version. The message says why, and what to do."""
