"""Rooms on PostgreSQL, shared by any number of nodes: their log, who owns each, and which nodes live."""
