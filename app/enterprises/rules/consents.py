"""For what an owner may agree that their data are used, and the texts that they agree to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import InvalidInput

BASE = "pendampingan"
OTHER_OFFICE = "instansi_lain"
LENDER = "lembaga_keuangan"
PUBLICATION = "publikasi"
PHOTO = "foto"
PURPOSES = (BASE, OTHER_OFFICE, LENDER, PUBLICATION, PHOTO)
# What stands in a file in place of somebody who may not be named in it.
WITHDRAWN = "pemilik menarik diri"
WAYS = ("tanda_tangan", "rekaman", "lisan_saksi", "layar")
NEEDS_WITNESS = frozenset({"lisan_saksi"})
_TEXTS = Path(__file__).resolve().parent.parent / "bundled" / "persetujuan.yaml"
_BY_DUTY = "tugas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One use of data; with `is_duty` the office may go on until the owner withdraws."""

    key: str
    label: str
    is_duty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentTexts:
    """The texts of one version by purpose."""

    version: str
    from_on: date
    texts: dict[str, str]


def purposes() -> tuple[Purpose, ...]:
    """All uses of data that an owner is asked about, in the order of the form."""
    return tuple(
        Purpose(key=key, label=one["nama"], is_duty=one["dasar"] == _BY_DUTY)
        for key, one in _read()["tujuan"].items()
    )


def purpose(key: str) -> Purpose:
    """One use of data.

    Raises:
        InvalidInput: code "purpose_unknown".
    """
    for one in purposes():
        if one.key == key:
            return one
    raise InvalidInput("purpose_unknown", field="purpose", message="Tujuan ini tidak dikenal.")


def texts_on(day: date) -> ConsentTexts:
    """The texts that are read out on a day; before the first version that one."""
    versions = _versions()
    valid = [one for one in versions if one.from_on <= day]
    return valid[-1] if valid else versions[0]


def text_of(version: str | None, key: str) -> str | None:
    """The text of a purpose in one version; None for a version that is not known here."""
    found = next((one for one in _versions() if one.version == version), None)
    return found.texts.get(key) if found else None


def check_given(*, way: str | None, witness: str | None, given_on: date, today: date) -> None:
    """Refuse a consent that could not be proved.

    Raises:
        InvalidInput: at the field: no way, no witness of a spoken word, or a day to come.
    """
    if way not in WAYS:
        raise InvalidInput("way_missing", field="consent_way", message="Pilih cara menyetujui.")
    if way in NEEDS_WITNESS and not (witness or "").strip():
        raise InvalidInput(
            "witness_missing",
            field="consent_witness",
            message="Persetujuan lisan perlu saksi. Tulis nama saksinya.",
        )
    if given_on > today:
        raise InvalidInput(
            "consented_on_future",
            field="consented_on",
            message="Tanggal persetujuan tidak boleh setelah hari ini.",
        )


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(_TEXTS.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _versions() -> tuple[ConsentTexts, ...]:
    found = [
        ConsentTexts(
            version=str(one["versi"]),
            from_on=one["berlaku_sejak"],
            texts={key: " ".join(text.split()) for key, text in one["naskah"].items()},
        )
        for one in _read()["versi"]
    ]
    return tuple(sorted(found, key=lambda one: one.from_on))
