"""A room on the terminal: the host's screens, and a student's."""
