"""One module for each format that questions are written in, each with one function: `write`."""
