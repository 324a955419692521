"""Proposing facts, to be looked through by a person."""
