"""From facts to a played game. Pure: no files, no clock, no screen, no global chance."""
