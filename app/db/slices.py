"""Long lists of keys in parts that fit one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")

# What every engine takes as marks of one statement, whatever else it binds.
AT_ONCE = 500


def slices(values: Sequence[Value], at_once: int = AT_ONCE) -> Iterator[Sequence[Value]]:
    """The values in their order, so many at a time."""
    for start in range(0, len(values), at_once):
        yield values[start : start + at_once]
