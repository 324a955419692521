"""One module for each format that questions are read from, each with one function: `read`."""
