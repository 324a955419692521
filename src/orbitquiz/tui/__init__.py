"""Screens and widgets. They draw a game and tell it what the player did; the rules are in `orbitquiz.quiz`."""
