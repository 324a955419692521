"""A room on disk: its event log, its lock, and the index of rooms."""
