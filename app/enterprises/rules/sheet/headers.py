"""Where the headers stand and what each column means.

Titles may stand above, and a header may have two lines, the upper one over several columns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.core.errors import InvalidInput
from app.enterprises.rules.sheet.addresses import cell_name, column_letters
from app.enterprises.rules.sheet.fields import FIELD_LABELS
from app.enterprises.rules.sheet.header_words import (
    HeaderMeaning,
    header_key,
    meaning_of,
    possible_meanings,
)
from app.enterprises.rules.sheet.problems import NOTE, Problem

Row = tuple[int, Sequence[object]]
# First row, first column, last row, last column, from 1.
Merge = tuple[int, int, int, int]

# Headers are looked for in this many filled rows.
LOOKED_AT = 40
_FEWEST = 2
_TELLING = frozenset(["name", "owner_name", "nik", "nib"])
SET_ASIDE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a sheet, counted from 1; `field` is None when nothing of it is taken."""

    index: int
    header: str
    field: str | None = None
    is_near: bool = False
    rank: int = 0
    period: str | None = None
    scale: str | None = None
    # The fields that a header with two meanings may stand for; the values decide.
    candidates: tuple[str, ...] = ()

    @property
    def letters(self) -> str:
        """The letters of the column."""
        return column_letters(self.index)

    @property
    def key(self) -> str:
        """The header as it is remembered."""
        return header_key(self.header)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of one sheet: its rows, all its columns, and remarks about them."""

    rows: tuple[int, ...]
    columns: tuple[Column, ...]
    problems: tuple[Problem, ...] = ()
    # What stands in the header's cells, by which a header that is repeated below is known.
    texts: frozenset[str] = frozenset()

    @property
    def by_field(self) -> dict[str, Column]:
        """The columns that are taken, by field."""
        return {column.field: column for column in self.columns if column.field}


@dataclass(frozen=True, slots=True)
class _Candidate:
    rows: tuple[int, ...]
    labels: dict[int, tuple[str, ...]]
    score: float


def find_header(
    sheet: str, rows: Sequence[Row], merges: Sequence[Merge], choices: Mapping[str, str]
) -> Header | None:
    """The header among the first filled rows, or None when none is recognised.

    `choices` are earlier decisions of people: header key → field, or "" for "not taken".

    Raises:
        InvalidInput: `header_doubled`, with the addresses of both cells.
    """
    best: _Candidate | None = None
    for candidate in _candidates(rows[:LOOKED_AT], merges, choices):
        if best is None or candidate.score > best.score + 0.01:
            best = candidate
    if best is None:
        return None
    columns = [_column(index, labels, choices) for index, labels in sorted(best.labels.items())]
    _refuse_doubled(sheet, best.rows[-1], columns)
    texts = frozenset(
        text.casefold()
        for number, cells in rows[:LOOKED_AT]
        if number in best.rows
        for text in _texts(cells).values()
    )
    return replace(_settled(sheet, best.rows, columns), texts=texts)


def _candidates(
    rows: Sequence[Row], merges: Sequence[Merge], choices: Mapping[str, str]
) -> Iterator[_Candidate]:
    for place, (number, cells) in enumerate(rows):
        single: dict[int, tuple[str, ...]] = {
            index: (text,) for index, text in _texts(cells).items()
        }
        score = _score(single, choices)
        if score >= _FEWEST:
            yield _Candidate((number,), single, score)
        if place + 1 >= len(rows) or rows[place + 1][0] != number + 1:
            continue
        double = _two_lines(number, cells, rows[place + 1][1], merges)
        if double is None:
            continue
        below: dict[int, tuple[str, ...]] = {
            index: (text,) for index, text in _texts(rows[place + 1][1]).items()
        }
        alone = max(score, _score(below, choices))
        score = _score(double, choices)
        # A title above the header explains nothing that the header alone would not.
        if score >= _FEWEST and score > alone + 0.5:
            yield _Candidate((number, number + 1), double, score)


def _texts(cells: Sequence[object]) -> dict[int, str]:
    return {
        index: " ".join(cell.split())
        for index, cell in enumerate(cells, start=1)
        if isinstance(cell, str) and cell.strip()
    }


def _two_lines(
    number: int, upper: Sequence[object], lower: Sequence[object], merges: Sequence[Merge]
) -> dict[int, tuple[str, ...]] | None:
    """Labels for each column of a header of two lines, the fullest first; None if it is none."""
    over, under = _texts(upper), _texts(lower)
    spans = {
        column: first_column
        for first_row, first_column, last_row, last_column in merges
        if first_row <= number <= last_row
        for column in range(first_column, last_column + 1)
    }
    labels: dict[int, tuple[str, ...]] = {}
    group = ""
    has_group = False
    for index in range(1, max([*over, *under, 0]) + 1):
        start = spans.get(index)
        if index in over:
            group = over[index]
        elif start is not None and start in over:
            group = over[start]
        elif start is None and spans and index not in under:
            group = ""
        if index not in under:
            if index in over:
                labels[index] = (over[index],)
            continue
        has_group = has_group or index not in over
        labels[index] = (f"{group} {under[index]}".strip(), under[index])
    return labels if has_group else None


def _score(labels: Mapping[int, tuple[str, ...]], choices: Mapping[str, str]) -> float:
    found: dict[str, float] = {}
    for texts in labels.values():
        meaning = _meaning(texts, choices)[1]
        names = (meaning.field,) if meaning.field else possible_meanings(texts[0])[:1]
        for name in names:
            if name:
                found[name] = max(found.get(name, 0), 0.6 if meaning.is_near else 1.0)
    if not _TELLING & set(found):
        return 0
    # Rows of values have many cells that mean nothing.
    return sum(found.values()) - 0.02 * (len(labels) - len(found))


def _meaning(texts: tuple[str, ...], choices: Mapping[str, str]) -> tuple[str, HeaderMeaning]:
    for text in texts:
        chosen = choices.get(header_key(text))
        if chosen is not None:
            told = meaning_of(text)
            return text, replace(told, field=chosen or None, is_near=False, rank=-1)
    near: tuple[str, HeaderMeaning] | None = None
    for text in texts:
        meaning = meaning_of(text)
        if meaning.field and not meaning.is_near:
            return text, meaning
        if meaning.field and near is None:
            near = text, meaning
    return near or (texts[0], meaning_of(texts[0]))


def _column(index: int, texts: tuple[str, ...], choices: Mapping[str, str]) -> Column:
    _, meaning = _meaning(texts, choices)
    is_chosen = any(header_key(text) in choices for text in texts)
    return Column(
        index=index,
        header=texts[0],
        field=meaning.field,
        is_near=meaning.is_near,
        rank=meaning.rank,
        period=meaning.period,
        scale=meaning.scale,
        candidates=() if meaning.field or is_chosen else possible_meanings(texts[-1]),
    )


def _refuse_doubled(sheet: str, row: int, columns: Sequence[Column]) -> None:
    places: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if column.field:
            places[column.key].append(column)
    for same in places.values():
        if len(same) > 1:
            cells = " dan ".join(cell_name(row, column.index) for column in same)
            raise InvalidInput(
                "header_doubled",
                message=f"Judul kolom “{same[0].header}” ada {len(same)} kali di lembar "
                f"“{sheet}” (sel {cells}). Ubah atau hapus salah satu, lalu unggah lagi.",
            )


def _settled(sheet: str, rows: tuple[int, ...], columns: Sequence[Column]) -> Header:
    """One column for each field: the surest, then the best name, then the leftmost."""
    winners: dict[str, Column] = {}
    for column in sorted(columns, key=lambda each: (each.is_near, each.rank, each.index)):
        if column.field:
            winners.setdefault(column.field, column)
    settled: list[Column] = []
    problems: list[Problem] = []
    for column in columns:
        if column.field and winners[column.field] is not column:
            winner = winners[column.field]
            problems.append(
                _note(
                    sheet,
                    rows,
                    column,
                    "column_set_aside",
                    f"Kolom “{column.header}” tidak dipakai, karena {FIELD_LABELS[column.field]} "
                    f"diambil dari kolom “{winner.header}”.",
                )
            )
            column = replace(column, field=None)
        elif column.field and column.is_near:
            problems.append(_near_note(sheet, rows, column))
        settled.append(column)
    return Header(rows=rows, columns=tuple(settled), problems=tuple(problems))


def with_meaning(header: Header, sheet: str, index: int, field: str) -> Header:
    """The header with one column of two meanings taken for `field`, and a remark about it."""
    columns = tuple(
        replace(column, field=field, is_near=True) if column.index == index else column
        for column in header.columns
    )
    changed = next(column for column in columns if column.index == index)
    remark = _near_note(sheet, header.rows, changed)
    return replace(header, columns=columns, problems=(*header.problems, remark))


def _near_note(sheet: str, rows: tuple[int, ...], column: Column) -> Problem:
    label = FIELD_LABELS[column.field or ""]
    return _note(
        sheet,
        rows,
        column,
        "column_near",
        f"Kolom “{column.header}” kira-kira berarti {label}. Periksa di daftar kolom.",
    )


def _note(sheet: str, rows: tuple[int, ...], column: Column, code: str, message: str) -> Problem:
    return Problem(
        sheet=sheet,
        row=rows[-1],
        column=column.letters,
        code=code,
        value=column.header,
        message=message,
        level=NOTE,
    )
