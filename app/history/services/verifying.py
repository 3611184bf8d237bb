"""Walking the whole chain, row by row, and comparing it with what was written down elsewhere."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from app.db import db
from app.history.models import HistoryCounter, HistoryEntry, HistoryWords
from app.history.rules import GENESIS, ChainedRow, row_hash, words_hash
from app.history.rules.anchors import Anchor
from app.history.rules.words import ROWS, WORDS_ERASED

_AT_ONCE = 5000
_COVERED = tuple(HistoryEntry.__table__.c[name] for name in ChainedRow._fields)
_APART = (
    HistoryWords.n.label("apart_n"),
    HistoryWords.salt,
    HistoryWords.words,
    HistoryWords.erased_on,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many rows stand, and the first that does not, with what is wrong with it.

    `erased_count` rows stand without their words, which were erased by request.
    """

    row_count: int
    last_n: int
    last_hash: str
    broken_n: int | None = None
    problem: str = ""
    erased_count: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return self.broken_n is None


class _Counter(NamedTuple):
    n: int
    hash: str | None


def verify(*, anchors: Iterable[Anchor] = ()) -> Verdict:
    """Check the chain from its first row to the counter, and against `anchors`.

    Names the first row that was changed, is missing, was slipped in, or was cut off the end.
    """
    fixed = {anchor.n: anchor for anchor in anchors}
    # Others may write meanwhile: the rows end between the counter before and the counter after.
    with db.engine.connect() as connection:
        before = _counter(connection)
        silent = _Silent()
        with closing(_rows(connection)) as rows:
            walk = _walked(rows, fixed, before, silent)
        words_to = connection.scalar(select(func.max(HistoryWords.n))) or 0
        after = _counter(connection)
    if walk.broken_n is None:
        walk = replace(walk, **_end(walk, fixed, before=before, after=after, words_to=words_to))
    return replace(walk, **silent.verdict(walk.broken_n))


class _Silent:
    """Rows whose words are gone, and which of them a later row says were erased."""

    def __init__(self) -> None:
        self.waiting: set[int] = set()
        self.erased_count = 0

    def hear(self, row: Any) -> None:
        """Take a row that stands."""
        if row.erased_on is not None:
            self.waiting.add(row.n)
        if row.action == WORDS_ERASED:
            told = set((row.changes or {}).get(ROWS, (None, ()))[1])
            self.erased_count += len(self.waiting & told)
            self.waiting -= told

    def verdict(self, broken_n: int | None) -> dict[str, Any]:
        """What the words add to a verdict; a chain that is broken before says nothing of them."""
        facts: dict[str, Any] = {"erased_count": self.erased_count}
        if self.waiting and broken_n is None:
            facts |= {
                "broken_n": min(self.waiting),
                "problem": "kata-katanya dihapus tanpa catatan",
            }
        return facts


def _walked(
    rows: Iterable[Any], fixed: Mapping[int, Anchor], before: _Counter, silent: _Silent
) -> Verdict:
    last_n, last_hash, count = 0, GENESIS, 0
    for row in rows:
        problem = _problem(row, last_n, last_hash, fixed.get(row.n))
        if not problem and row.n == before.n and row.hash != before.hash:
            problem = "pencacah tidak cocok dengan baris ini"
        if problem:
            return Verdict(
                row_count=count,
                last_n=last_n,
                last_hash=last_hash,
                broken_n=min(row.n, last_n + 1),
                problem=problem,
            )
        silent.hear(row)
        last_n, last_hash, count = row.n, row.hash, count + 1
    return Verdict(row_count=count, last_n=last_n, last_hash=last_hash)


def _rows(connection: Connection) -> Generator[Any, None, None]:
    statement = select(*_COVERED, HistoryEntry.prev_hash, HistoryEntry.hash, *_APART).outerjoin(
        HistoryWords, HistoryWords.n == HistoryEntry.n
    )
    streamed = statement.order_by(HistoryEntry.n).execution_options(yield_per=_AT_ONCE)
    with connection.execute(streamed) as result:
        yield from result


def _counter(connection: Connection) -> _Counter:
    found = connection.execute(select(HistoryCounter.last_n, HistoryCounter.last_hash)).first()
    return _Counter(found.last_n, found.last_hash) if found else _Counter(0, None)


def _problem(row: Any, last_n: int, last_hash: str, anchor: Anchor | None) -> str:
    if row.n != last_n + 1:
        return "baris ini hilang"
    if row.prev_hash != last_hash:
        return "baris ini tidak menyambung ke baris sebelumnya"
    if row_hash(last_hash, ChainedRow(*row[: len(_COVERED)])) != row.hash:
        return "isi baris ini diubah"
    if anchor is not None and anchor.hash != row.hash:
        return f"baris ini berbeda dari jangkar tanggal {anchor.on.isoformat()}"
    return _problem_of_words(row)


def _problem_of_words(row: Any) -> str:
    if row.words_hash is None:
        return "" if row.apart_n is None else "ada kata-kata yang disisipkan ke baris ini"
    if row.apart_n is None:
        return "kata-kata baris ini hilang"
    if row.erased_on is None and words_hash(row.salt, row.words) != row.words_hash:
        return "kata-kata baris ini diubah"
    return ""


def _end(
    walk: Verdict,
    fixed: Mapping[int, Anchor],
    *,
    before: _Counter,
    after: _Counter,
    words_to: int,
) -> dict[str, Any]:
    farthest = max(fixed, default=0)
    if farthest > walk.last_n:
        day = fixed[farthest].on.isoformat()
        problem = f"ekor riwayat terpotong: jangkar tanggal {day} mencatat {farthest} baris"
        return {"broken_n": walk.last_n + 1, "problem": problem}
    if before.n > walk.last_n:
        problem = f"ekor riwayat terpotong: pencacah mencatat {before.n} baris"
        return {"broken_n": walk.last_n + 1, "problem": problem}
    if after.n < walk.last_n:
        return {"broken_n": after.n + 1, "problem": "baris ini ditulis di luar pencacah"}
    if words_to > after.n:
        return {"broken_n": after.n + 1, "problem": "ada kata-kata tanpa baris riwayat"}
    return {}
