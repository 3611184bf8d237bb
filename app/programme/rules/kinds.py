"""How the list behind an amount shows its lines: columns in order, each with what stands in it."""

from __future__ import annotations

from dataclasses import dataclass

VISIT, THERAPY, SESSION, PROVIDER, TRAINER = (
    "kunjungan", "terapi", "pelatihan", "pelaksana", "pelatih",
)  # fmt: skip
TOOL, MENTOR, ACCOUNT, WORKERS, CAPITAL = "alat", "pendamping", "akun", "pekerja", "modal"

# What stands in a column.
ENTERPRISE, TOOL_NAME, NAME, PLACE, DAY = "enterprise", "tool", "name", "place", "day"
WORDS, MORE, NUMBER, RUPIAH, BEHIND = "words", "more", "number", "rupiah", "behind"
FIGURES = frozenset((NUMBER, RUPIAH, BEHIND))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One way to show lines; `unit` is what is counted, `named` the fact that a name leads to."""

    unit: str
    columns: tuple[tuple[str, str], ...]
    named: str = ""

    @property
    def heads(self) -> list[str | tuple[str, str]]:
        """The headings, as a table takes them."""
        return [
            (heading, "angka") if what in FIGURES else heading for heading, what in self.columns
        ]

    @property
    def is_money(self) -> bool:
        """Whether its lines tell rupiah."""
        return any(what == RUPIAH for _, what in self.columns)


_WHERE = (("Usaha", ENTERPRISE), ("Desa", PLACE))
KINDS = {
    VISIT: Kind(
        unit="kunjungan", columns=(*_WHERE, ("Tanggal", DAY), ("Yang berkunjung", WORDS))
    ),
    THERAPY: Kind(
        unit="terapi",
        columns=(*_WHERE, ("Terapi", WORDS), ("Selesai", DAY), ("Pelaksana", MORE)),
    ),
    SESSION: Kind(
        unit="pelatihan",
        columns=(("Pelatihan", NAME), ("Tanggal", DAY), ("Penyelenggara", WORDS)),
    ),
    PROVIDER: Kind(
        unit="pelaksana", columns=(("Pelaksana", NAME), ("Usaha", BEHIND)), named="pelaksana"
    ),
    TRAINER: Kind(
        unit="penyelenggara",
        columns=(("Penyelenggara", NAME), ("Usaha", BEHIND)),
        named="pelatih",
    ),
    TOOL: Kind(
        unit="alat",
        columns=(
            ("Alat", TOOL_NAME), ("Pemegang", ENTERPRISE), ("Desa", PLACE), ("Nilai", RUPIAH),
        ),
    ),
    MENTOR: Kind(unit="pendamping", columns=(("Pendamping", NAME),)),
    ACCOUNT: Kind(unit="akun", columns=(("Petugas", NAME), ("Wilayah tugas", PLACE))),
    WORKERS: Kind(unit="usaha", columns=(*_WHERE, ("Orang", NUMBER))),
    CAPITAL: Kind(unit="usaha", columns=(*_WHERE, ("Modal sendiri", RUPIAH))),
}  # fmt: skip
