"""The banks that a player has: built in, installed as packages, and added."""
