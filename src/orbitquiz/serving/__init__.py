"""Many rooms in one service: for a school, a museum, the public. docs/serving.md says how to run it."""
