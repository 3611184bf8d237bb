"""What each row becomes when a merger is undone, if some were changed since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
# Columns that mean something together only; the first of them says whether they were changed.
TOGETHER = {
    "enterprise": (
        ("name", "search_name"),
        ("kbli_code", "kbli_version"),
        ("lat", "lng"),
        ("life_cycle", "life_cycle_reason", "life_cycle_on"),
    ),
    "owner": (
        ("name", "search_name"),
        ("nik_index", "nik_sealed", "nik_masked"),
        ("phone_index", "phone_sealed"),
    ),
}
# Numbers of which each is there once.
ONCE = {"enterprise": "nib", "owner": "nik_index"}


def returned(
    table: str,
    before: Sequence[Row],
    after: Iterable[Row],
    now: Iterable[Row],
    *,
    key: Callable[[Row], Any],
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The rows to write: each as it was before the merger, but for what was changed since.

    `after` are the rows as the merger left them. What it took away comes back; what somebody else
    took away since does not. With each row comes the one to write if its place is taken: what it
    is now, under the enterprise and the owner that it had.
    """
    left, here = ({key(row): row for row in rows} for rows in (after, now))
    found = []
    for row in before:
        was, present = left.get(key(row)), here.get(key(row))
        if was is None or (present is None and table in TOGETHER):
            found.append((dict(row), dict(row)))
        elif present is not None:
            others = [one for one in before if one is not row]
            whole = _whole(table, row, was, present, others)
            found.append((whole, _moved(row, was, present)))
    return found


def _whole(table: str, row: Row, was: Row, present: Row, others: Iterable[Row]) -> dict[str, Any]:
    whole = {name: _value(name, row, was, present) for name in row}
    once = ONCE.get(table)
    taken = {one[once] for one in others} if once else set()
    for group in TOGETHER.get(table, ()):
        is_changed = was[group[0]] != present[group[0]] and not (
            group[0] == once and present[once] in taken
        )
        whole |= {name: (present if is_changed else row)[name] for name in group}
    if once and whole[once] in taken and whole[once] is not None:
        whole[once] = row[once]
    return whole


def _value(name: str, row: Row, was: Row, present: Row) -> Any:
    return row[name] if present[name] == was[name] else present[name]


def _moved(row: Row, was: Row, present: Row) -> dict[str, Any]:
    back = {name for name in row if row[name] != was[name] and name.endswith("_id")}
    return {
        name: _value(name, row, was, present) if name in back else present[name] for name in row
    }
