"""What a room tells once it has been played: gathered from its events, and written for people and for programs."""
