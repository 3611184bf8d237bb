"""The documents of security and of faults name tests; each of them is there."""

from __future__ import annotations

import re
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
TEXT = (CHECKOUT / "docs" / "security.md").read_text(encoding="utf-8")
FAULTS = (CHECKOUT / "docs" / "faults.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
STARRED = {1, 2, 3, 4, 5, 8, 9, 11, 16, 20, 21, 23, 25, 27, 29, 30, 33, 38, 41, 46}
FUNCTIONS = 13


def lines_between(start: str, end: str) -> list[str]:
    """The rows of the table of a chapter."""
    chapter = TEXT.partition(start)[2].partition(end)[0]
    return [line for line in chapter.splitlines() if line.startswith("| ")][1:]


def test_every_named_test_is_there():
    named = NAMED.findall(TEXT + FAULTS)
    missing = []
    for file, name in named:
        path = CHECKOUT / file
        if not path.exists() or f"\ndef {name}(" not in path.read_text(encoding="utf-8"):
            missing.append(f"{file}::{name}")

    assert len(named) > 40
    assert missing == []


def test_each_of_the_twenty_rows_names_a_test():
    rows = {}
    for line in lines_between("## The twenty", "## Others"):
        starred = re.match(r"\| (\d+) ★ \|", line)
        if starred:
            rows[int(starred[1])] = NAMED.findall(line)

    assert set(rows) == STARRED
    assert all(rows.values())


def test_each_of_the_thirteen_functions_names_a_test():
    rows = [line for line in lines_between("## The thirteen", "## Where") if "---" not in line]

    assert len(rows) == FUNCTIONS
    assert all(NAMED.search(line) for line in rows)
