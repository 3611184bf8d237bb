"""What the programme asks of a village: items, the figures that answer them, what is outside."""

from __future__ import annotations

from dataclasses import dataclass, field

FULL, PART, OUTSIDE = "penuh", "sebagian", "luar"
COVERAGE_LABELS = {
    FULL: "Dihitung sistem",
    PART: "Dihitung sebagian",
    OUTSIDE: "Tidak dihitung sistem ini",
}
COVERAGE_TONES = {FULL: "good", PART: "info", OUTSIDE: "muted"}
# On which day, or between which days, a figure holds.
AT_END, AT_START, BETWEEN, TODAY = "akhir", "awal", "masa", "hari_ini"
COUNT, MONEY = "jumlah", "rupiah"

ACTIVITY, OUTPUT, OUTCOME, BENEFIT = "identifikasi", "keluaran", "hasil", "manfaat"
GROUP_LABELS = {
    ACTIVITY: "Kegiatan identifikasi",
    OUTPUT: "Keluaran",
    OUTCOME: "Hasil",
    BENEFIT: "Manfaat",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line of an item: a fact, what it is counted out of, and when it holds.

    `fact` names a fact of enterprises, or an amount of something else: each has its list.
    """

    label: str
    fact: str
    out_of: str = ""
    when: str = AT_END
    unit: str = COUNT


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One activity or indicator of the programme.

    `how` says in plain words what is counted, `missing` what is not. `named` are facts that are
    counted by name (products, offices). `asks_office` gives a place for the office's own figure.
    """

    key: str
    group: str
    number: int
    name: str
    coverage: str
    how: str
    missing: str = ""
    lines: tuple[Asked, ...] = ()
    named: tuple[tuple[str, str], ...] = field(default=())
    asks_office: bool = True

    @property
    def coverage_label(self) -> str:
        """Whether it is computed, in words."""
        return COVERAGE_LABELS[self.coverage]

    @property
    def tone(self) -> str:
        """The tone of the sign that says so."""
        return COVERAGE_TONES[self.coverage]

    @property
    def title(self) -> str:
        """How it is called: "Hasil 6. Kesadaran pengelolaan keuangan"."""
        return f"{GROUP_LABELS[self.group]} {self.number}. {self.name}"
