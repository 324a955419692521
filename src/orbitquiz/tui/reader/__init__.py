"""Reading a source: the document, its marks, and searching it."""
