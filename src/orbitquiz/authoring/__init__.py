"""Making banks: documents in, facts out."""
