"""What is said to be fast, measured."""
