"""Decisions made before anything is drawn: states, next steps, verdicts and their wording."""
