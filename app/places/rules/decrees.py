"""Decrees that split, merge or renumber areas: reading their lines, and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import InvalidInput
from app.core.scope import is_within
from app.core.text import search_text
from app.places.rules.areas import is_area_code, level_of

VILLAGE = "desa"
_HAMLETS, _ENTERPRISES = "dusun:", "usaha:"
_MAX_LINES = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """From one code to one; hamlets (as searched) or enterprises name a part of a village."""

    old: str | None
    new: str
    name: str = ""
    hamlets: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it takes only what it names."""
        return bool(self.hamlets or self.enterprises)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of an applied decree."""

    old: str
    new: str
    on: date
    hamlets: tuple[str, ...] = ()
    is_part: bool = False


def parse_lines(text: str) -> list[Line]:
    """The lines of a decree: "kode lama; kode baru; nama baru; dusun: Karang, Wetan".

    Raises:
        InvalidInput: field "lines"; it says which line can't be read.
    """
    rows = [(n, row.strip()) for n, row in enumerate(text.splitlines(), start=1) if row.strip()]
    if not 0 < len(rows) <= _MAX_LINES:
        raise _refused("lines_missing", "Isi paling sedikit satu baris perpindahan.")
    return [_line(n, row) for n, row in rows]


def _line(n: int, row: str) -> Line:
    cells = [*(cell.strip() for cell in row.split(";")), "", "", ""][:4]
    old, new, name, part = cells
    if not is_area_code(new) or (old and not is_area_code(old)):
        raise _refused("line_code", f"Baris {n}: tulis kode seperti 33.02.04.2001.")
    if old and level_of(old) != level_of(new):
        raise _refused("line_level", f"Baris {n}: kedua kode harus setingkat.")
    if not old and (level_of(new) == VILLAGE or not name):
        raise _refused("line_name", f"Baris {n}: isi kode lama, atau nama wilayah barunya.")
    hamlets, enterprises = _part(n, part)
    if (hamlets or enterprises) and level_of(new) != VILLAGE:
        raise _refused("line_part", f"Baris {n}: dusun dan usaha hanya untuk desa.")
    return Line(old=old or None, new=new, name=name, hamlets=hamlets, enterprises=enterprises)


def _part(n: int, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not text:
        return (), ()
    kind, _, rest = text.partition(":")
    words = tuple(word.strip() for word in rest.split(",") if word.strip())
    if f"{kind.strip().lower()}:" == _HAMLETS and words:
        return tuple(search_text(word) for word in words), ()
    if f"{kind.strip().lower()}:" == _ENTERPRISES and words:
        return (), words
    raise _refused("line_part", f"Baris {n}: tulis “dusun: …” atau “usaha: …”.")


def expanded(lines: Sequence[Line], areas: Mapping[str, str]) -> list[Line]:
    """The lines with all that lies below an area that gets one new code, names filled in.

    `areas` holds the names of the areas in use by code, those below the old codes included.

    Raises:
        InvalidInput: field "lines"; an area is unknown or nameless, or a village isn't parted.
    """
    explicit = {line.old for line in lines if line.old}
    by_old = _by_old(lines)
    whole = list(lines)
    for line in sorted((one for one in lines if one.old), key=lambda one: -len(one.new)):
        if line.old is None or len(by_old[line.old]) > 1 or line.old == line.new:
            continue
        for code in sorted(areas):
            if code != line.old and is_within(code, line.old) and code not in explicit:
                explicit.add(code)
                whole.append(Line(old=code, new=line.new + code[len(line.old) :]))
    named = [replace(line, name=line.name or _inherited(line, areas)) for line in whole]
    _check(named, areas)
    return named


def _inherited(line: Line, areas: Mapping[str, str]) -> str:
    return areas.get(line.new) or areas.get(line.old or "", "")


def _check(lines: Sequence[Line], areas: Mapping[str, str]) -> None:
    known = {*areas, *(line.new for line in lines)}
    for line in lines:
        if line.old and line.old not in areas:
            raise _refused(
                "area_unknown", f"Kode {line.old} tidak dikenal atau tidak dipakai lagi."
            )
        parent = line.new.rpartition(".")[0]
        if parent and parent not in known:
            raise _refused(
                "parent_missing", f"Kode {parent} belum ada: tambahkan barisnya dengan nama."
            )
    for old, own in _by_old(lines).items():
        if level_of(old) == VILLAGE and sum(not line.is_part for line in own) != 1:
            raise _refused(
                "rest_missing",
                f"Desa {old}: tepat satu baris tanpa dusun atau usaha menampung sisanya.",
            )


def _by_old(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.old:
            found[line.old].append(line)
    return found


def main_heirs(lines: Sequence[Line]) -> dict[str, str]:
    """For each old code the one that takes all that has no part of its own."""
    return {
        old: next((line for line in own if not line.is_part), own[0]).new
        for old, own in _by_old(lines).items()
    }


def vanished(lines: Sequence[Line]) -> set[str]:
    """The old codes that nothing keeps."""
    kept = {line.new for line in lines}
    return {line.old for line in lines if line.old and line.old not in kept}


def renumbered(lines: Sequence[Line]) -> dict[str, str]:
    """Areas that are the same under a new code: one old, one new."""
    news = [line.new for line in lines if line.old]
    olds = [line.old for line in lines if line.old]
    return {
        line.old: line.new
        for line in lines
        if line.old
        and line.old != line.new
        and olds.count(line.old) == 1
        and news.count(line.new) == 1
    }


def given_anew(lines: Sequence[Line], unused: Collection[str]) -> set[str]:
    """Codes that mean another area from then on: whoever had them has nothing to do with it.

    `unused` are those that earlier decrees took out of use.
    """
    vacated = {line.old for line in lines if line.old} - {
        line.new for line in lines if line.old == line.new
    }
    return {line.new for line in lines} & (vacated | set(unused))


def granted(
    area: str, lines: Sequence[Line], in_use: Collection[str], *, is_kept: bool = True
) -> list[str]:
    """The areas that somebody who reaches `area` must reach too, so that no village is lost.

    `in_use` are the villages after the decree; `is_kept` says whether `area` itself is reached
    then. A wider area stands for its villages only where every one of them is reached, and is
    never wider than `area`: nobody gains a village that holds nothing of theirs.
    """
    reached = {
        line.new
        for line in lines
        if line.old and is_within(line.old, area) and level_of(line.new) == VILLAGE
    }
    missing = {code for code in reached if not (is_kept and is_within(code, area))}
    every = reached | {code for code in in_use if is_kept and is_within(code, area)}
    found: set[str] = set()
    for code in sorted(missing):
        if any(is_within(code, one) for one in found):
            continue
        depths = range(max(2, area.count(".") + 1), 4)
        parents = [".".join(code.split(".")[:depth]) for depth in depths]
        found.add(next((one for one in parents if _is_all(one, every, in_use)), code))
    return sorted(found)


def _is_all(area: str, reached: Collection[str], in_use: Collection[str]) -> bool:
    return all(code in reached for code in in_use if is_within(code, area))


def current_of(
    code: str, steps: Sequence[Step], *, on: date | None = None, hamlet: str | None = None
) -> str:
    """The code that stands today for one written on a day; see `queries.current_code`."""
    wanted = search_text(hamlet or "")
    for step_on in sorted({step.on for step in steps}):
        own = [step for step in steps if step.on == step_on and step.old == code]
        if own and (_is_unused(code, steps) or (on is not None and on < step_on)):
            code = _heir(own, wanted)
    return code


def _heir(own: Sequence[Step], hamlet: str) -> str:
    named = next((step for step in own if names_hamlet(step.hamlets, hamlet)), None)
    return (named or next((step for step in own if not step.is_part), own[0])).new


def names_hamlet(hamlets: Iterable[str], written: str) -> bool:
    """Whether what is written of a place ("dusun karang rt 02") names one of the hamlets."""
    return any(f" {one} " in f" {written} " for one in hamlets)


def heirs_in(code: str, steps: Sequence[Step]) -> list[str]:
    """The codes in use that came from one that isn't; none for a code in use."""
    if not _is_unused(code, steps):
        return []
    found: list[str] = []
    for step in steps:
        if step.old == code:
            found += heirs_in(step.new, steps) or [step.new]
    return list(dict.fromkeys(found))


def _is_unused(code: str, steps: Sequence[Step]) -> bool:
    """Whether the last decree that speaks of a code took it away."""
    speaking = [step.on for step in steps if code in (step.old, step.new)]
    if not speaking:
        return False
    last = [step for step in steps if step.on == max(speaking)]
    return all(step.new != code for step in last)


def _refused(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, field="lines", message=message)
