"""The commands: read the words, call one thing, print."""

from orbitquiz.cli.main import main

__all__ = ["main"]
