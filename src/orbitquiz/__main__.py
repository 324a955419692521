"""``python -m orbitquiz`` is the same as ``orbitquiz``."""

from orbitquiz.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
