"""What a list behind a number of a period asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.core.day_words import short_day
from app.core.period import Period
from app.dashboard.rules.movement import ENDS, STARTS, STATE_LABELS, TURN_LABELS
from app.dashboard.rules.overview import VISIT_LABELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list behind a number of a period asks for; an empty word asks for anything.

    `start` and `end` are states of the matrix, `turn` is "membaik" or "memburuk", `visits` is
    "dikunjungi" or "perlu_dikunjungi".
    """

    area: str = ""
    period: Period
    start: str = ""
    end: str = ""
    turn: str = ""
    visits: str = ""

    def address(self) -> dict[str, str]:
        """The list as the words of an address."""
        words = {
            "wilayah": self.area,
            **self.period.address(),
            "awal": self.start,
            "akhir": self.end,
            "arah": self.turn,
            "kunjungan": self.visits,
        }
        return {name: word for name, word in words.items() if word}

    def described(self, area_name: str) -> list[tuple[str, str]]:
        """The list in words, as (what, which)."""
        lines = [
            ("Wilayah", area_name),
            (_day("Keadaan pada", self.period.from_on), STATE_LABELS.get(self.start, "")),
            (_day("Keadaan pada", self.period.until_on), STATE_LABELS.get(self.end, "")),
            ("Perpindahan kelas", TURN_LABELS.get(self.turn, "")),
            ("Kunjungan", VISIT_LABELS.get(self.visits, "")),
        ]
        return [(what, which) for what, which in lines if which]


def wanted_of(words: Mapping[str, str], period: Period) -> Wanted:
    """The list of an address; a word that means nothing asks for anything."""
    return Wanted(
        area=words.get("wilayah", ""),
        period=period,
        start=_known(words.get("awal", ""), STARTS),
        end=_known(words.get("akhir", ""), ENDS),
        turn=_known(words.get("arah", ""), tuple(TURN_LABELS)),
        visits=_known(words.get("kunjungan", ""), tuple(VISIT_LABELS)),
    )


def wanted_in(words: Mapping[str, str]) -> Wanted:
    """The list whose address was kept."""
    period = Period(
        from_on=date.fromisoformat(words["dari"]), until_on=date.fromisoformat(words["sampai"])
    )
    return wanted_of(words, period)


def _known(word: str, known: Sequence[str]) -> str:
    return word if word in known else ""


def _day(what: str, day: date) -> str:
    return f"{what} {short_day(day)}"
