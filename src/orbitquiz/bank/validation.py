"""Checking plain data against a model, with every error where it stands and in words that help."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from orbitquiz.bank.problems import Problem
from orbitquiz.bank.strict_yaml import Document, Loc
from orbitquiz.bank.yaml_advice import as_it_should_read
from orbitquiz.text.safe import line_of
from orbitquiz.text.suggest import suggestion

_Model = TypeVar("_Model", bound=BaseModel)
_LONGEST = 60

_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and single hyphens, such as return-date",
    r"^[0-9a-f]{64}$": "a SHA-256 in 64 hexadecimal digits",
    r"^\d{4}(-\d\d(-\d\d)?)?$": "a date such as 2021-10-05, 2021-10 or 2021",
    r"\{value\}.*[?？]$": "a question that ends in a question mark and has {value} in it",
    r"[?？]$": "a question that ends in a question mark",
    r"\{value\}": "a sentence with {value} where the answer stands",
}


def validate(model: type[_Model], data: Any, document: Document, loc: Loc = ()) -> _Model | None:
    """`data`, which stands at `loc` of `document`, as `model`.

    None where it does not fit; then the document's problems say why.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            document.problems.append(_problem(model, document, loc, detail))
        return None


def _problem(model: type[BaseModel], document: Document, loc: Loc, detail: ErrorDetails) -> Problem:
    where = (*loc, *detail["loc"])
    name = str(where[-1]) if where else document.file
    match detail["type"]:
        case "missing":
            return document.problem(where, "missing-key", f"the key {name!r} is missing here")
        case "extra_forbidden":
            # Inside braces a comma ends a text, and what follows is taken for a key.
            if detail["input"] == "" and (better := as_it_should_read(document.line_at(where))):
                message = f"a text with a comma needs quotation marks here; write the line as: {better}"
                return document.problem(where, "unknown-key", message, key=True)
            known = _known_keys(model, detail["loc"][:-1])
            hint = suggestion(name, known) or f"; known here: {', '.join(known)}"
            return document.problem(where, "unknown-key", f"unknown key {name!r}{hint}", key=True)
        case "dict_type" | "model_type":
            return document.problem(
                where, "wrong-form", f"expected keys with values here, found {_shown(detail['input'])}"
            )
        case "list_type" | "tuple_type":
            return document.problem(where, "wrong-form", f"expected a list here, found {_shown(detail['input'])}")
        case "string_type":
            return document.problem(where, "wrong-form", f"expected text for {name!r}, found {_shown(detail['input'])}")
        case "string_too_short":
            return document.problem(where, "empty-value", f"{name!r} is empty; give it a text or leave the key out")
        case "invisible":
            shown = " ".join(f"U+{ord(character):04X}" for character in str(detail["input"])[:8])
            message = f"{name!r} has only characters that nobody sees ({shown}); give it a text or leave the key out"
            return document.problem(where, "empty-value", message)
        case "no_date":
            message = f"{detail['msg']} as {_shown(detail['input'])}; expected one such as 2021-10-05, 2021-10 or 2021"
            return document.problem(where, "wrong-form", message)
        case "value_in_stem":
            message = f"{detail['msg']}; this stem asks for the value, so describe it instead"
            return document.problem(where, "wrong-form", message)
        case "too_short":
            return document.problem(
                where, "empty-value", f"the list {name!r} is empty; give it an item or leave the key out"
            )
        case "string_pattern_mismatch":
            form = _FORMS[detail["ctx"]["pattern"]]
            return document.problem(
                where, "wrong-form", f"expected {form} for {name!r}, found {_shown(detail['input'])}"
            )
        case "literal_error":
            hint = suggestion(
                str(detail["input"]), detail["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            )
            return document.problem(
                where,
                "wrong-form",
                f"expected {detail['ctx']['expected']} for {name!r}, found {_shown(detail['input'])}{hint}",
            )
        case "int_parsing" | "greater_than_equal" | "less_than_equal":
            wanted = "a whole number from 0" if name == "at" else "1, 2 or 3"
            return document.problem(
                where, "wrong-form", f"expected {wanted} for {name!r}, found {_shown(detail['input'])}"
            )
        case "bool_parsing":
            return document.problem(
                where, "wrong-form", f"expected true or false for {name!r}, found {_shown(detail['input'])}"
            )
        case "words":
            return document.problem(where, "wrong-form", f"under {name!r}, {detail['msg']}")
        case "distractor":
            return document.problem(where, "wrong-form", f"{detail['msg']} here, found {_shown(detail['input'])}")
        case _:
            return document.problem(
                where, "wrong-form", f"{detail['msg']} for {name!r}, found {_shown(detail['input'])}"
            )


def _known_keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Return the keys that may stand at `loc` of `model`."""
    for step in loc:
        if isinstance(step, str):
            field = next(f for name, f in model.model_fields.items() if step in (name, f.alias))
            model = _model_in(field.annotation) or model
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := _model_in(inner))), None)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    text = line_of(str(value))
    return repr(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…")
