"""The base of all messages and events, and the types of text in them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict

from orbitquiz.text.safe import line_of, visible

Words = Annotated[str, AfterValidator(visible)]
"""Text for people to read. Nothing in it acts on a terminal or reorders a line."""

Line = Annotated[str, AfterValidator(line_of)]
"""The same on one line: a name, a title, a sentence."""


class Paper(BaseModel):
    """An event: frozen, without unknown fields."""

    # JSON has no infinity and no NaN: they would be written as null and could not be read again.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Message(BaseModel):
    """A message between two programs, of which one may be newer: frozen, and unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)
