"""The words of each command and their manual. Nothing here is slow to import: `--help` reads all of it."""
