"""Reading JSON of strangers: what no database and no program should meet is found, not stored.

`parse` never fails for a single poisonous value: it puts a `Flaw` in its place, so that one bad
operation of a batch does not stop the others. `flaw_in` then says what is wrong with one of them.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

# Nesting within one operation; a batch adds three.
MAX_DEPTH = 8
_PARSED_DEPTH = 40
_LARGEST = 2**63 - 1
_DIGITS = len(str(_LARGEST))
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)
_CUT = "NaN"


class Malformed(ValueError):
    """The text is no JSON at all, so nothing of it can be told apart."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Stands where a value stood that may not be stored; `code` says why."""

    code: str


NOT_A_NUMBER = Flaw("not_a_number")
TOO_BIG = Flaw("number_too_big")
KEY_TWICE = Flaw("key_twice")

FLAW_WORDS = {
    "not_a_number": "Ada angka yang tidak dapat dibaca.",
    "number_too_big": "Ada angka yang terlalu besar.",
    "key_twice": "Ada isian yang tertulis dua kali.",
    "forbidden_sign": "Ada tanda tulisan yang tidak dapat disimpan.",
    "too_deep": "Susunan isiannya terlalu dalam.",
}


def parse(body: bytes) -> Any:
    """The value of a JSON text in UTF-8, with a `Flaw` for each value that can't be meant.

    Raises:
        Malformed: no JSON, or not UTF-8.
    """
    try:
        return json.loads(
            _without_depths(body.decode("utf-8")),
            parse_constant=lambda _: NOT_A_NUMBER,
            parse_float=_number,
            parse_int=_whole,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise Malformed(str(error)[:200]) from error


def flaw_in(value: Any, *, depth: int = 1) -> str | None:
    """Why this value may not be stored, as a code; None if it may."""
    if isinstance(value, Flaw):
        return value.code
    if isinstance(value, str):
        return _flaw_in_text(value)
    if not isinstance(value, dict | list):
        return None
    if depth > MAX_DEPTH:
        return "too_deep"
    if isinstance(value, dict):
        parts: list[Any] = [*value, *value.values()]
    else:
        parts = value
    return next((code for part in parts if (code := flaw_in(part, depth=depth + 1))), None)


def canonical(value: Any) -> bytes:
    """One text for one value, whatever the order of its keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical text."""
    return sha256(canonical(value)).hexdigest()


def _flaw_in_text(text: str) -> str | None:
    if text.isascii():
        return "forbidden_sign" if "\x00" in text else None
    has_half_sign = any("\ud800" <= sign <= "\udfff" for sign in text)
    return "forbidden_sign" if has_half_sign or "\x00" in text else None


def _number(text: str) -> float | Flaw:
    value = float(text)
    return value if math.isfinite(value) else TOO_BIG


def _whole(text: str) -> int | Flaw:
    if len(text) > _DIGITS + 1:
        return TOO_BIG
    value = int(text)
    return value if -_LARGEST - 1 <= value <= _LARGEST else TOO_BIG


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Flaw:
    found = dict(pairs)
    return found if len(found) == len(pairs) else KEY_TWICE


def _without_depths(text: str) -> str:
    """The text with whatever is nested beyond all bounds cut out: the parser would fall over it."""
    parts: list[str] = []
    depth, kept_to, cut_from = 0, 0, 0
    for token in _TOKENS.finditer(text):
        sign = token[0]
        if sign in "[{":
            depth += 1
            if depth == _PARSED_DEPTH:
                cut_from = token.start()
        elif sign in "]}":
            if depth == _PARSED_DEPTH:
                parts += [text[kept_to:cut_from], _CUT]
                kept_to = token.end()
            depth -= 1
    if depth >= _PARSED_DEPTH:
        raise ValueError("never closed")
    return "".join([*parts, text[kept_to:]]) if parts else text
