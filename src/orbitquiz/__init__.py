"""OrbitQuiz: a terminal trivia game that shows its proof."""

__version__ = "0.1.0"
