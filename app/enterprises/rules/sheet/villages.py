"""Which village a row means: by code, or by name among the villages of the officer's areas."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from app.core.errors import InvalidInput
from app.core.scope import is_within
from app.core.text import search_text

NEAR = 78
_OFFERED = 4
_DISTRICT, _REGENCY = 8, 5
_CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")
_KIND = re.compile(
    r"^(?:desa|ds|kelurahan|kel|kecamatan|kec|kabupaten|kab|kota|kotamadya|provinsi|prov)\s+"
)
_TITLE_VILLAGE = re.compile(
    r"\b(?:desa|kelurahan|ds\.?|kel\.)\s+([a-z][a-z' ]*?)\s*(?=\b(?:kecamatan|kec|kabupaten|"
    r"kab|tahun|provinsi|rt|rw|kota|dan|per|dusun|jalan|jl|no)\b|[^a-z' ]|$)",
    re.IGNORECASE,
)
_TITLE_DISTRICT = re.compile(
    r"\b(?:kecamatan|kec\.?)\s+([a-z][a-z' ]*?)\s*(?=\b(?:kabupaten|kab|tahun|provinsi|kota|"
    r"desa|dan|per)\b|[^a-z' ]|$)",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class VillageIndex:
    """The villages, districts and regencies that an officer may register in, by searched name."""

    areas: tuple[str, ...]
    villages: Mapping[str, str]
    above: Mapping[str, str]
    # The code that stands today for each that a decree replaced.
    heirs: Mapping[str, str] = field(default_factory=dict)
    _by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _resolved: dict[tuple[str, str, str, str], str | InvalidInput] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Arrange the villages by name."""
        for code, name in self.villages.items():
            today = self.heirs.get(code, code)
            if today in self.villages and today not in self._by_name[name]:
                self._by_name[name].append(today)

    def resolve(self, values: Mapping[str, Any]) -> str:
        """The code of the village that a row names.

        Raises:
            InvalidInput: none, several, another than the code says, or outside the areas; the
                text offers near names.
        """
        key = (
            values.get("village_code", ""),
            values.get("village", ""),
            values.get("district", ""),
            values.get("regency", ""),
        )
        found = self._resolved.get(key)
        if found is None:
            try:
                found = self._found(*key)
            except InvalidInput as refusal:
                found = refusal
            self._resolved[key] = found
        if isinstance(found, InvalidInput):
            raise found
        return found

    def _found(self, code: str, village: str, district: str, regency: str) -> str:
        if not code and (written := _CODE.fullmatch(village.strip())):
            # Some offices keep the code in the column of the name.
            code, village = ".".join(written.groups()), ""
        if code:
            return self._by_code(code, village)
        name, wanted_district, wanted_regency = (
            _place_name(text) for text in (village, district, regency)
        )
        if not name:
            raise _refused("village_missing", "Isi nama desa, atau kode desanya.")
        named = self._by_name.get(name, [])
        fitting = self._narrowed(named, wanted_district, wanted_regency)
        if len(fitting) == 1:
            return fitting[0]
        if len(fitting) > 1:
            raise _refused(
                "village_several",
                f"Ada {len(fitting)} desa bernama {village} di wilayah Anda: "
                f"{self._offer(fitting)}. Isi kecamatannya.",
            )
        if named:
            raise _refused(
                "village_elsewhere_named",
                f"Desa {village} tidak ada di {district or regency}. Mungkin: "
                f"{self._offer(named)}.",
            )
        raise self._unknown(village, name, wanted_district)

    def _by_code(self, code: str, village: str) -> str:
        if code in self.heirs:
            # The name beside an old code is that of the old village.
            code, village = self.heirs[code], ""
        if not any(is_within(code, area) for area in self.areas):
            raise _refused("village_outside_area", "Desa ini di luar wilayah kerja Anda.")
        known = self.villages.get(code)
        if known is None:
            raise _refused("village_code_unknown", f"Tidak ada desa dengan kode {code}.")
        name = _place_name(village)
        if name and name != known and fuzz.ratio(name, known) < NEAR:
            raise _refused(
                "village_code_differs",
                f"Kode {code} adalah desa {self._label(code)}, bukan {village}. Betulkan salah "
                "satu.",
            )
        return code

    def _narrowed(self, codes: list[str], district: str, regency: str) -> list[str]:
        if district:
            codes = [code for code in codes if self._is_named(code[:_DISTRICT], district)]
        if regency and len(codes) > 1:
            codes = [code for code in codes if self._is_named(code[:_REGENCY], regency)]
        return codes

    def _is_named(self, code: str, name: str) -> bool:
        known = _place_name(self.above.get(code, ""))
        return known == name or fuzz.ratio(known, name) >= 90

    def _unknown(self, village: str, name: str, district: str) -> InvalidInput:
        names = [
            known
            for known, codes in self._by_name.items()
            if not district or any(self._is_named(code[:_DISTRICT], district) for code in codes)
        ]
        near = process.extract(
            name, names or list(self._by_name), scorer=fuzz.ratio, score_cutoff=NEAR,
            limit=_OFFERED,
        )  # fmt: skip
        codes = [code for known, _, _ in near for code in self._by_name[known]]
        if codes:
            return _refused(
                "village_near",
                f"Desa “{village}” tidak ditemukan. Mungkin: {self._offer(codes)}. Tulis namanya "
                "seperti itu bila benar.",
            )
        return _refused(
            "village_unknown", f"Desa “{village}” tidak ditemukan di wilayah kerja Anda."
        )

    def _offer(self, codes: list[str]) -> str:
        return "; ".join(self._label(code) for code in codes[:_OFFERED])

    def _label(self, code: str) -> str:
        name = self.villages[code].title()
        return f"{name} (Kec. {self.above.get(code[:_DISTRICT], '').title()})"


def places_in_titles(titles: Iterable[str]) -> dict[str, str]:
    """The village and district that titles above a table name, if they name any.

    >>> places_in_titles(["DATA UMKM DESA LOSARI KECAMATAN RAWALO TAHUN 2024"])
    {'village': 'LOSARI', 'district': 'RAWALO'}
    """
    found: dict[str, str] = {}
    for title in titles:
        for part, pattern in (("village", _TITLE_VILLAGE), ("district", _TITLE_DISTRICT)):
            match = pattern.search(title)
            if match and part not in found:
                found[part] = match.group(1).strip()
    return found


def _place_name(text: str) -> str:
    return _KIND.sub("", search_text(text))


def _refused(code: str, message: str) -> InvalidInput:
    return InvalidInput(code, field="village", message=message)
