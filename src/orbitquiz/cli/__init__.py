"""The commands: read the words, call one thing, print."""

from __future__ import annotations

# Nothing is imported here: where control-C comes in before `main` runs, Python tells of it at length.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that `words` name, by default those of `sys.argv`.

    Returns the exit code: 0 for success, 2 where the words or the bank are at fault, 1 for what `check` finds.
    """
    try:
        return _run(words)
    except KeyboardInterrupt:  # before anything else could catch it
        return 130


def _run(words: Sequence[str] | None) -> int:
    import gc

    # Importing makes many objects and hardly any garbage; not looking for it saves a sixth of the time to the first
    # question. A screen turns the collector on again once it is drawn.
    gc.disable()
    try:
        from orbitquiz.cli.environment import quiet_interrupts

        with quiet_interrupts():
            from orbitquiz.cli.commands import run

            return run(words)
    finally:
        gc.enable()
