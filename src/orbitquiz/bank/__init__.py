"""Read and check a bank: facts, the quotations that prove them, and the sources.

Reads files; knows no game, no screen, no network and no clock.
"""
