"""The report of a room: built from its events, and written for people and for programs."""
