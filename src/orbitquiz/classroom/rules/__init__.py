"""The rules of a room, pure: its events, its moves, its names and its refusals."""
