"""Headers as they are compared: short forms written out, marks and brackets gone."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from app.enterprises.rules.sheet.fields import FIELD_NAMES, MONEY_FIELDS, NOT_OURS, TWO_MEANINGS

NEAR = 88
_SHORTEST_NEAR = 6
_SHORT = {
    "no": "nomor",
    "nmr": "nomor",
    "nomer": "nomor",
    "num": "nomor",
    "nm": "nama",
    "tgl": "tanggal",
    "tggl": "tanggal",
    "thn": "tahun",
    "th": "tahun",
    "bln": "bulan",
    "jml": "jumlah",
    "jlh": "jumlah",
    "jmlh": "jumlah",
    "jum": "jumlah",
    "tlp": "telepon",
    "telp": "telepon",
    "telpon": "telepon",
    "telefon": "telepon",
    "tel": "telepon",
    "phone": "telepon",
    "kec": "kecamatan",
    "kab": "kabupaten",
    "kel": "kelurahan",
    "ds": "desa",
    "ush": "usaha",
    "pend": "pendidikan",
    "prov": "provinsi",
    "merk": "merek",
    "ket": "keterangan",
    "lk": "laki",
    "pr": "perempuan",
    "tk": "tenaga kerja",
    "naker": "tenaga kerja",
    "tenagakerja": "tenaga kerja",
    "omzet": "omset",
    "omzetnya": "omset",
    "kampoeng": "kampung",
}
_PERIODS = {
    "bulan": "bulan",
    "perbulan": "bulan",
    "sebulan": "bulan",
    "bulanan": "bulan",
    "tahun": "tahun",
    "pertahun": "tahun",
    "setahun": "tahun",
    "tahunan": "tahun",
    "hari": "hari",
    "perhari": "hari",
    "harian": "hari",
    "minggu": "minggu",
    "perminggu": "minggu",
}
_SCALES = {"juta": "juta", "jutaan": "juta", "jt": "juta", "ribu": "ribu", "ribuan": "ribu"}
_NOISE = frozenset(
    ["per", "rp", "rupiah", "dalam", "rata", "ini", "idr", "wajib", "diisi", "terakhir", "nya"]
)
_WORD = re.compile(r"[a-z0-9]+")
_BRACKETS = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderMeaning:
    """What a header means: a field or None, how sure, and what it says about amounts."""

    field: str | None
    is_near: bool = False
    rank: int = 0
    period: str | None = None
    scale: str | None = None


@lru_cache(maxsize=4096)
def words_of(header: str) -> tuple[str, ...]:
    """The words of a header, short forms written out.

    >>> words_of("No. HP/WA"), words_of("nama_usaha")
    (('nomor', 'hp', 'wa'), ('nama', 'usaha'))
    """
    text = unicodedata.normalize("NFKC", header).replace("\n", " ")
    text = _CAMEL.sub(" ", text).casefold()
    return tuple(part for word in _WORD.findall(text) for part in _SHORT.get(word, word).split())


def header_key(header: str) -> str:
    """The header as it is compared and remembered.

    >>> header_key(" NAMA  Usaha\\u00a0")
    'nama usaha'
    """
    return " ".join(words_of(header))


def _known() -> dict[str, tuple[str | None, int]]:
    known: dict[str, tuple[str | None, int]] = {}
    for field, names in FIELD_NAMES.items():
        for rank, name in enumerate(names.split(";")):
            known.setdefault(header_key(name), (field, rank))
    for name in NOT_OURS.split(";"):
        known[header_key(name)] = (None, 0)
    return known


_KNOWN = _known()
_KNOWN_JOINED = {key.replace(" ", ""): meaning for key, meaning in _KNOWN.items()}
_KEYS = tuple(key for key in _KNOWN if len(key) >= _SHORTEST_NEAR)


@lru_cache(maxsize=4096)
def meaning_of(header: str) -> HeaderMeaning:
    """What one header means by itself; near spellings are found and marked as such."""
    bare = words_of(_BRACKETS.sub(" ", header))
    whole = words_of(header)
    period, scale = _period(whole), _scale(whole)
    for words in (whole, bare, _without_noise(whole), _without_noise(bare)):
        found = _exact(words)
        if found is not None:
            return _with_period(found[0], found[1], period, scale, is_near=False)
    for words in (_without_amounts(whole), _without_amounts(bare)):
        found = _exact(words)
        if found is not None and found[0] in MONEY_FIELDS:
            return _with_period(found[0], found[1], period, scale, is_near=False)
    near = _near(" ".join(_without_noise(bare))) or _near(" ".join(_without_amounts(bare)))
    if near is None:
        return HeaderMeaning(field=None)
    return _with_period(near[0], near[1], period, scale, is_near=True)


def possible_meanings(header: str) -> tuple[str, ...]:
    """The fields of a header with two meanings ("Kategori"), else none."""
    return TWO_MEANINGS.get(" ".join(_without_noise(words_of(_BRACKETS.sub(" ", header)))), ())


def _with_period(
    field: str | None, rank: int, period: str | None, scale: str | None, *, is_near: bool
) -> HeaderMeaning:
    if field not in MONEY_FIELDS:
        return HeaderMeaning(field=field, is_near=is_near, rank=rank)
    if field == "sales" and period in ("bulan", "tahun"):
        field = "monthly_sales" if period == "bulan" else "yearly_sales"
    return HeaderMeaning(field=field, is_near=is_near, rank=rank, period=period, scale=scale)


def _exact(words: tuple[str, ...]) -> tuple[str | None, int] | None:
    return _KNOWN.get(" ".join(words)) or _KNOWN_JOINED.get("".join(words))


def _near(key: str) -> tuple[str | None, int] | None:
    if len(key) < _SHORTEST_NEAR:
        return None
    found = process.extract(key, _KEYS, scorer=fuzz.ratio, score_cutoff=NEAR, limit=3)
    if not found or _KNOWN[found[0][0]][0] is None:
        return None
    best = _KNOWN[found[0][0]]
    # Two meanings that are equally near are none.
    rivals = {_KNOWN[name][0] for name, score, _ in found if score >= found[0][1] - 2}
    return best if rivals == {best[0]} else None


def _without_noise(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in _NOISE)


def _without_amounts(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        word
        for word in words
        if word not in _NOISE and word not in _PERIODS and word not in _SCALES
    )


def _period(words: tuple[str, ...]) -> str | None:
    found = {_PERIODS[word] for word in words if word in _PERIODS}
    return found.pop() if len(found) == 1 else None


def _scale(words: tuple[str, ...]) -> str | None:
    found = {_SCALES[word] for word in words if word in _SCALES}
    return found.pop() if len(found) == 1 else None
