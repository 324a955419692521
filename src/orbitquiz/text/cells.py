"""Keep a spreadsheet from computing text."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"(^|[;\t\r\n|])(\s*)(?=[=+\-@\t\r\n＝＋－＠])")
"""Where a spreadsheet would begin a formula (OWASP, "CSV Injection"), also one that separates fields by semicolons.

The wide signs count where Japanese is written.
"""


def cell(text: str) -> str:
    """Return `text` so that a spreadsheet shows it instead of computing it."""
    return _FORMULA.sub(r"\1'\2", text)
