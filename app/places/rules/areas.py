"""What a code says about its area, how areas are searched, and the bundle's format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.core.errors import InvalidInput
from app.core.outlines import Ring, rings_of
from app.core.text import search_text

LEVELS = ("provinsi", "kabkota", "kecamatan", "desa")
KINDS = ("provinsi", "kabupaten", "kota", "kecamatan", "kelurahan", "desa", "desa adat")
PROGRAMS = ("DESMIGRATIF", "DEMIMAS", "LAINNYA")
OTHER_PROGRAM = "LAINNYA"
PROGRAM_LABELS = {
    "DESMIGRATIF": "Desa Migran Produktif (Desmigratif)",
    "DEMIMAS": "Desa Migran Emas (Demimas)",
    "LAINNYA": "Program lain",
}
KIND_LABELS = {
    "provinsi": "Provinsi",
    "kabupaten": "Kabupaten",
    "kota": "Kota",
    "kecamatan": "Kecamatan",
    "kelurahan": "Kelurahan",
    "desa": "Desa",
    "desa adat": "Desa adat",
}
# What lies right below an area.
CHILDREN_LABELS = {
    "provinsi": "Kabupaten dan kota",
    "kabkota": "Kecamatan",
    "kecamatan": "Desa dan kelurahan",
    "desa": "",
}
COUNTRY_LABEL = "Indonesia"

_CODE = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?", re.ASCII)
_VILLAGE_KINDS = {"1": "kelurahan", "2": "desa", "3": "desa adat"}
_MAX_WORDS = 6
_MIN_LETTERS = 2
# Words that say what an area is and not which one.
_NOISE = frozenset(
    ("desa", "ds", "kelurahan", "kel", "kecamatan", "kec", "kabupaten", "kab", "provinsi", "prov")
)
_FIRST_LINE_MARK = "# "
# How files call the code of an area: our own word, and those of the maps of BIG and Kemendagri.
_CODE_FIELDS = (
    ("kode", "kode_wilayah", "kode_kemendagri", "code"),
    ("kdepum", "kode_desa", "kd_desa"),
    ("kdcpum", "kode_kecamatan", "kode_kec"),
    ("kdpkab", "kode_kabkota", "kode_kab"),
    ("kdppum", "kode_provinsi", "kode_prov"),
)
# How far a simplified outline may be off, in degrees (0.01 is a good kilometre).
OUTLINE_STEPS = {"provinsi": 0.008, "kabkota": 0.002, "kecamatan": 0.0008, "desa": 0.0002}


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaEntry:
    """One area of a bundle, ready to be stored."""

    code: str
    name: str
    level: str
    kind: str
    parent_code: str | None
    search_name: str
    search_path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramEntry:
    """One village programme of a bundle; lat and lng are the village's centre."""

    village_code: str
    program: str
    year: int | None
    source: str
    lat: float
    lng: float


def parse_area_code(text: str) -> str:
    """The code with its dots: "33.02.04.2001" or "3302042001".

    Raises:
        InvalidInput: it has not the shape of a Kemendagri code.
    """
    code = text.strip()
    if code.isascii() and code.isdigit():
        parts = (code[:2], code[2:4], code[4:6], code[6:])
        code = ".".join(part for part in parts if part)
    if not is_area_code(code):
        raise InvalidInput(
            "area_code_shape",
            field="village_code",
            message="Kode wilayah ditulis seperti 33.02.04.2001.",
        )
    return code


def is_area_code(text: str) -> bool:
    """Whether the text has the shape of a code with its dots; there may be no such area."""
    return _CODE.fullmatch(text) is not None


def level_of(code: str) -> str:
    """The level of an area, from the number of parts of its code."""
    return LEVELS[code.count(".")]


def kind_of(code: str, name: str) -> str:
    """Kabupaten or kota, desa or kelurahan: from the name and the code."""
    level = level_of(code)
    if level == "kabkota":
        return "kota" if name.startswith("Kota ") else "kabupaten"
    if level == "desa":
        return _VILLAGE_KINDS.get(code.rpartition(".")[2][:1], "desa")
    return level


def lineage(code: str) -> tuple[str, ...]:
    """The codes from the province down to the area itself.

    >>> lineage("33.02.04")
    ('33', '33.02', '33.02.04')
    """
    parts = code.split(".") if code else []
    return tuple(".".join(parts[: number + 1]) for number in range(len(parts)))


def label_of(names: list[str]) -> str:
    """How an area is named in one line, from the names of its lineage; the province is left out.

    >>> label_of(["Jawa Tengah", "Kabupaten Banyumas", "Rawalo", "Losari"])
    'Losari, Rawalo, Kabupaten Banyumas'
    """
    shown = names[1:] if len(names) > 1 else names
    return ", ".join(reversed(shown)) or COUNTRY_LABEL


def typed_words(text: str) -> list[str]:
    """The words to look for, longest first: long words leave the fewest villages.

    Words such as "desa" and "kec" are dropped unless nothing else is left, words of one letter
    always.
    """
    words = [word for word in dict.fromkeys(search_text(text).split(" ")) if word]
    telling = [word for word in words if word not in _NOISE] or words
    telling = [word for word in telling if len(word) >= _MIN_LETTERS]
    return sorted(telling, key=len, reverse=True)[:_MAX_WORDS]


def match_rank(search_name: str, typed: str, words: list[str]) -> tuple[int, int]:
    """How well a village's own name fits; smaller is better.

    First the name as it was typed, then names made of typed words only, then names that begin
    like a typed word, then the rest; among these the name with the most typed words.
    """
    own = search_name.split(" ")
    fitting = sum(any(part.startswith(word) for part in own) for word in words)
    if search_name == typed:
        return 0, -fitting
    if all(part in words for part in own):
        return 1, -fitting
    if any(search_name.startswith(word) for word in words):
        return 2, -fitting
    return 3, -fitting


def read_areas(lines: Iterable[str]) -> Iterator[AreaEntry]:
    """The areas of a bundle (format: scripts/bundle_places), parents before children."""
    codes: list[str] = []
    paths: list[str] = []
    for line in lines:
        if line.startswith(_FIRST_LINE_MARK):
            continue
        depth = len(line) - len(line.lstrip("\t"))
        part, _, name = line.strip("\t\n").partition("\t")
        code = f"{codes[depth - 1]}.{part}" if depth else part
        search_name = search_text(name)
        path = f"{search_name} {paths[depth - 1]}" if depth else search_name
        codes[depth:] = [code]
        paths[depth:] = [path]
        yield AreaEntry(
            code=code,
            name=name,
            level=LEVELS[depth],
            kind=kind_of(code, name),
            parent_code=codes[depth - 1] if depth else None,
            search_name=search_name,
            search_path=path,
        )


def read_edition(first_line: str) -> dict[str, Any]:
    """What the first line of a bundle says about its source."""
    about: dict[str, Any] = json.loads(first_line.removeprefix(_FIRST_LINE_MARK))
    return about


def read_programs(document: dict[str, Any]) -> list[ProgramEntry]:
    """The village programmes of a bundled YAML document."""
    return [
        ProgramEntry(
            village_code=village["code"],
            program=document["program"],
            year=village.get("year"),
            source=village["source"],
            lat=village["lat"],
            lng=village["lng"],
        )
        for village in document["villages"]
    ]


def read_outlines(document: Any) -> tuple[dict[str, list[Ring]], list[str]]:
    """The rings of each area of a GeoJSON document by code, and what names no area.

    Several shapes of one area are joined.

    Raises:
        InvalidInput: no FeatureCollection, or a broken shape; the message names its place.
    """
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise InvalidInput(
            "outlines_none", message="Berkas ini bukan GeoJSON dengan daftar wilayah (features)."
        )
    found: dict[str, list[Ring]] = {}
    unnamed: list[str] = []
    for number, feature in enumerate(features, start=1):
        one = feature if isinstance(feature, dict) else {}
        code = outline_code(one.get("properties"))
        if code is None:
            unnamed.append(f"bentuk ke-{number}")
            continue
        try:
            rings = rings_of(one.get("geometry"))
        except InvalidInput as refusal:
            raise InvalidInput(
                refusal.code, message=f"Bentuk ke-{number} ({code}): {refusal.message}"
            ) from refusal
        found.setdefault(code, []).extend(rings)
    return found, unnamed


def outline_code(properties: Any) -> str | None:
    """The code of the area that a shape is of, of the lowest level that its facts name."""
    if not isinstance(properties, dict):
        return None
    words = {str(name).casefold(): value for name, value in properties.items()}
    for fields in _CODE_FIELDS:
        for field in fields:
            try:
                return parse_area_code(str(words[field]))
            except (KeyError, InvalidInput):
                continue
    return None
