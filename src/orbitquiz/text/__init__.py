"""Text as people write it: folding, safe display, spans, counts. Needs neither a bank nor a screen."""
