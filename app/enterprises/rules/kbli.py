"""The lists of business fields (KBLI): titles, search by words, doubt about unknown codes.

The list of 2020 is part of the project. Later ones are loaded by an office, unchanged, into the
data folder: their licence does not allow a changed copy to be passed on.
"""

from __future__ import annotations

import gzip
import json
import re
import time
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core import settings
from app.core.errors import InvalidInput
from app.core.identity import Doubt
from app.core.text import search_text

# Newest first: a code that several lists hold is read by the newest.
VERSIONS = ("2025", "2020")
BUNDLED = Path(__file__).resolve().parent.parent / "bundled" / "kbli2020.tsv.gz"
_CODE = re.compile(r"\d{5}")
_GZIP = b"\x1f\x8b"
_FEWEST = 1000
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One business field of one list."""

    code: str
    title: str
    version: str

    @property
    def label(self) -> str:
        """Code and title, as boxes and pages show it."""
        return f"{self.code} {self.title}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _LookedUp:
    """The fields of a list that was looked for a moment ago."""

    folder: Path
    until: float
    fields: Mapping[str, Field]


# Every row of an import asks; the disk is asked once a second.
_LOOKED_UP: dict[str, _LookedUp] = {}
_FRESH_SECONDS = 1.0


def fields_of(version: str) -> Mapping[str, Field]:
    """The fields of a list by code; empty for one that nobody loaded."""
    if version == "2020":
        return _bundled()
    folder, now = settings.current().folder, time.monotonic()
    looked_up = _LOOKED_UP.get(version)
    if looked_up is None or looked_up.folder is not folder or now >= looked_up.until:
        looked_up = _LookedUp(folder=folder, until=now + _FRESH_SECONDS, fields=_present(version))
        _LOOKED_UP[version] = looked_up
    return looked_up.fields


def forget_loaded() -> None:
    """Look for loaded lists anew: after one was loaded or taken away."""
    _LOOKED_UP.clear()


def loaded_path(version: str) -> Path:
    """Where a list lies that an office loaded."""
    return settings.current().folder / "kbli" / f"{version}.json"


def field_of(code: str | None, version: str | None = None) -> Field | None:
    """The field of a code: in this list, else in the newest that knows it."""
    if not code:
        return None
    order = (version, *VERSIONS) if version in VERSIONS else VERSIONS
    return next((found for one in order if one and (found := fields_of(one).get(code))), None)


def version_of(code: str | None, version: str | None) -> str | None:
    """The list that a code is from: the stated one, else the newest that knows it."""
    if not code or version:
        return version if code else None
    found = field_of(code)
    return found.version if found else None


def kbli_doubts(code: str | None, version: str | None = None) -> tuple[Doubt, ...]:
    """What is unusual about a code: that the list it is said to be from does not know it.

    A list that nobody loaded can't be asked, so nothing is doubted then. Old codes live on in the
    lists of offices: a doubt is all that it is.
    """
    if not code:
        return ()
    asked = [one for one in ((version,) if version else VERSIONS) if one and fields_of(one)]
    if not asked or any(code in fields_of(one) for one in asked):
        return ()
    names = " maupun ".join(sorted(asked))
    return (
        Doubt(
            code=f"kbli_unknown_{code}",
            message=f"Kode {code} tidak ada dalam daftar KBLI {names}. Periksa kodenya di NIB.",
        ),
    )


def search_fields(text: str) -> list[Field]:
    """Fields that a code's beginning or words may mean, the nearest first; at most a dozen."""
    wanted = search_text(text)
    if not wanted:
        return []
    known: dict[str, Field] = {}
    for version in reversed(VERSIONS):
        known.update(fields_of(version))
    hits = sorted(_hits(wanted, known), key=lambda hit: (hit[0], hit[1].code))
    return [field for _, field in hits[:_SHOWN]]


def _hits(wanted: str, known: Mapping[str, Field]) -> Iterator[tuple[tuple[int, int], Field]]:
    if wanted.isdigit():
        yield from (((0, 0), field) for code, field in known.items() if code.startswith(wanted))
        return
    words = wanted.split()
    for field in known.values():
        title = f" {search_text(field.title)}"
        missing = sum(f" {word}" not in title for word in words)
        if missing < len(words):
            # Short titles name the thing itself; long ones list it among others.
            yield (missing, len(title)), field


def read_list(content: bytes, version: str) -> dict[str, Field]:
    """The fields of a list as it is published: JSON, also compressed, with code and title.

    Raises:
        InvalidInput: code "kbli_list_unreadable": no such list.
    """
    try:
        text = gzip.decompress(content) if content.startswith(_GZIP) else content
        rows: Any = json.loads(text)
        found = {str(row["code"]): str(row["title"]) for row in rows}
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError) as error:
        raise _unreadable() from error
    if len(found) < _FEWEST or not all(_CODE.fullmatch(code) for code in found):
        raise _unreadable()
    return {
        code: Field(code=code, title=_worded(title), version=version)
        for code, title in found.items()
    }


@lru_cache(maxsize=1)
def _bundled() -> Mapping[str, Field]:
    lines = gzip.decompress(BUNDLED.read_bytes()).decode().splitlines()
    pairs = (line.split("\t", 1) for line in lines if not line.startswith("#"))
    return {code: Field(code=code, title=title, version="2020") for code, title in pairs}


@lru_cache(maxsize=4)
def _loaded(version: str, path: Path, _changed_ns: int) -> Mapping[str, Field]:
    return read_list(path.read_bytes(), version)


def _present(version: str) -> Mapping[str, Field]:
    path = loaded_path(version)
    return _loaded(version, path, path.stat().st_mtime_ns) if path.is_file() else {}


def _worded(title: str) -> str:
    title = " ".join(title.split())
    return title.capitalize() if title.isupper() else title


def _unreadable() -> InvalidInput:
    return InvalidInput(
        "kbli_list_unreadable",
        message="Berkas ini bukan daftar KBLI: harus berupa JSON dengan kode lima angka dan judul.",
    )
