"""What is known and what proves it: facts, their quotations and the sources they stand in.

Reads files; knows no game, no screen, no network and no clock.
"""
