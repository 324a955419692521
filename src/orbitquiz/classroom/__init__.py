"""A room that a class plays at once: its rules, its messages, its server and client, and the report afterwards."""
