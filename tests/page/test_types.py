"""The page's modules agree with the types of the protocol, as TypeScript's checker sees them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "src" / "orbitquiz" / "classroom" / "page"
OPTIONS = (
    *("--noEmit", "--allowJs", "--checkJs", "--strict", "--noImplicitAny", "false"),
    *("--target", "es2022", "--module", "es2022", "--moduleResolution", "bundler"),
    *("--lib", "es2022,dom,dom.iterable"),
)


def checker() -> str | None:
    """Return the type checker: the one that `make consumers` installs, or any other."""
    installed = Path(__file__).parents[2] / ".venv" / "consumers" / "node_modules" / ".bin" / "tsc"
    return str(installed) if installed.exists() else shutil.which("tsc")


@pytest.mark.skipif(checker() is None, reason="there is no TypeScript (`make consumers` installs it where Node is)")
def test_the_page_agrees_with_the_protocol() -> None:
    files = sorted(str(file) for file in PAGE.iterdir() if file.suffix == ".js" or file.name == "page.d.ts")
    ran = subprocess.run([str(checker()), *OPTIONS, *files], capture_output=True, text=True, check=False, timeout=120)
    assert (ran.returncode, ran.stdout) == (0, "")
