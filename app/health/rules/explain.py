"""Why an assessment came out as it did, in words that a mentor can read to an owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.health.rules.case import Case, Context
from app.health.rules.instrument import Code, HealthClass, Indicator, Instrument
from app.health.rules.knockouts import (
    Knockout,
    is_food_permit_missing,
    is_halal_missing,
)
from app.health.rules.next_class import Step, WayUp
from app.health.rules.scoring import BEST_POINTS, Score, Status, rounded

CLASS_WORDS = {
    HealthClass.SICK: "sakit",
    HealthClass.LESS_HEALTHY: "kurang sehat",
    HealthClass.HEALTHY: "sehat",
}
PULLS_SHOWN = 5
# The sentences themselves, so that a phone says the same (`health.rules.instrument_json`).
EXPLAIN_WORDS = {
    "cap": "paling tinggi {kelas}",
    "points": "{points} poin",
    "between": "antara {low} dan {high}",
    "food_safety": "Keamanan pangan",
    "no_sale": "Penjualan terakhir {days} hari sebelum penilaian.",
    "loss": "Rugi {months} bulan, buku kas terisi {share}.",
    "arrears": "Tunggakan terlama {days} hari. Lebih dari {cap} hari: paling tinggi kurang sehat; "
    "lebih dari {sick} hari: sakit.",
    "debt_service": "Cicilan {share} dari sisa usaha.",
    "no_surplus": "Ada cicilan, tetapi tidak ada sisa usaha.",
    "food_permit": "Izin produk pangan belum ada, padahal dijual di luar rumah.",
    "halal": "Sertifikat halal belum diurus, padahal sudah wajib.",
    "incident": "Kejadian belum dinyatakan selesai.",
    "liquidity": "Kas dan tagihan {times} kali kewajiban 30 hari.",
    "no_records": "Belum ada catatan sama sekali.",
}
# Two rules have two levels: to leave "sakit" it is enough to leave their upper one.
UPPER_WAYS_OUT = {
    "KO-3": "Tunggakan terlama {days} hari atau kurang",
    "KO-4": "Cicilan tidak lebih besar dari sisa usaha per bulan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """An answer that cost points. `lost_tenths` is what it took from the total of 100."""

    code: Code
    name: str
    answer: str
    lost_tenths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A knock-out rule that fired: what it is about, the fact, what it does, what ends it."""

    code: Code
    name: str
    fact: str
    effect: str
    way_out: str
    is_decisive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepWords:
    """One answer that should improve, from one wording to another."""

    code: Code
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that still has no answer."""

    code: Code
    name: str
    text: str


def pulls(instrument: Instrument, case: Case, result: Score) -> tuple[Pull, ...]:
    """The answers that pulled the total down most, the heaviest first."""
    kept = {part.code: part for part in result.dimensions if part.tenths is not None}
    weights = sum(part.weight for part in kept.values())
    found = []
    for dimension in case.sheet(instrument).dimensions:
        part = kept.get(dimension.code)
        if part is None:
            continue
        for position, weight in dimension.items:
            points = case.points[position]
            if points is None or points >= BEST_POINTS:
                continue
            lost = part.weight * weight * (BEST_POINTS - points) * 1000
            indicator = instrument.indicators[position]
            found.append(
                Pull(
                    code=indicator.code,
                    name=indicator.name,
                    answer=_wording(indicator, case, points),
                    lost_tenths=rounded(lost, BEST_POINTS * part.answered_weight * weights),
                )
            )
    found.sort(key=lambda pull: -pull.lost_tenths)
    return tuple(found[:PULLS_SHOWN])


def caps(instrument: Instrument, case: Case, result: Score) -> tuple[Cap, ...]:
    """The rules that fired, in plain words."""
    return tuple(
        Cap(
            code=knockout.code,
            name=instrument.knockouts[knockout.code].name,
            fact=_FACTS[knockout.code](instrument, case, result),
            effect=EXPLAIN_WORDS["cap"].format(kelas=CLASS_WORDS[knockout.cap])
            if knockout.cap is not HealthClass.SICK
            else "sakit",
            way_out=instrument.knockouts[knockout.code].way_out,
            is_decisive=_is_decisive(knockout, result),
        )
        for knockout in result.knockouts
    )


def steps_in_words(
    instrument: Instrument, case: Case, steps: tuple[Step, ...]
) -> tuple[StepWords, ...]:
    """The steps to the next class with the wording of the answers."""
    words = []
    for step in steps:
        indicator = instrument.indicator(step.indicator)
        words.append(
            StepWords(
                code=step.indicator,
                name=indicator.name,
                before=_wording(indicator, case, step.from_points),
                after=_wording(indicator, case, step.to_points),
            )
        )
    return tuple(words)


def blocks_in_words(instrument: Instrument, way: WayUp) -> tuple[str, ...]:
    """What has to end before any answer can lift the class."""
    words = {code: instrument.knockouts[code].way_out for code in way.blocked_by}
    if way.target is HealthClass.LESS_HEALTHY:
        days = instrument.limits.arrears_sick_days
        words.update(
            {code: text.format(days=days) for code, text in UPPER_WAYS_OUT.items() if code in words}
        )
    return tuple(words.values())


def to_ask(instrument: Instrument, case: Case, result: Score) -> tuple[Question, ...]:
    """What has no answer yet, required questions first, then the weightiest."""
    sheet = case.sheet(instrument)
    missing = [
        one
        for one in instrument.indicators
        if one.position in sheet.positions and case.points[one.position] is None
    ]
    required = set(result.missing_required)
    missing.sort(key=lambda one: (one.code not in required, -one.weight, one.position))
    asked = [
        Question(code=one.code, name=one.name, text=one.question_for(case.sector))
        for one in missing
    ]
    screening = [
        Question(code=one.code, name=EXPLAIN_WORDS["food_safety"], text=one.question)
        for one in instrument.screening
        if one.code in required
    ]
    return (*screening, *asked)


def unchecked_rules(instrument: Instrument, case: Case) -> tuple[str, ...]:
    """Names of the knock-out rules whose fact is not known."""
    facts = case.context
    known = {
        "KO-1": facts.days_since_last_sale is not None,
        "KO-2": facts.loss_months is not None and facts.book_coverage is not None,
        "KO-3": facts.arrears_days is not None,
        "KO-4": facts.debt_service_ratio is not None or facts.installments_without_surplus,
        "KO-6": facts.incident_open is not None or case.sector not in ("A", "B"),
        "KO-7": facts.quick_ratio is not None,
    }
    return tuple(
        instrument.knockouts[code].name for code, is_known in known.items() if not is_known
    )


def is_split(result: Score) -> bool:
    """Whether the class isn't sure: the ends of the range lie in two classes."""
    return result.status is Status.PROVISIONAL and result.low_class != result.high_class


def range_words(result: Score) -> str:
    """ "antara kurang sehat dan sehat", or empty when the class is sure."""
    if not is_split(result) or result.low_class is None or result.high_class is None:
        return ""
    return EXPLAIN_WORDS["between"].format(
        low=CLASS_WORDS[result.low_class], high=CLASS_WORDS[result.high_class]
    )


def _wording(indicator: Indicator, case: Case, points: int) -> str:
    # Exchange files may hold points that are no option; they are shown as they are.
    return indicator.options_for(case.sector).get(
        points, EXPLAIN_WORDS["points"].format(points=points)
    )


def _is_decisive(knockout: Knockout, result: Score) -> bool:
    return knockout.cap == result.final_class and result.final_class != result.score_class


def _comma(value: object, decimals: int = 1) -> str:
    text = f"{Decimal(str(value)):.{decimals}f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


def _percent(share: object) -> str:
    return f"{_comma(Decimal(str(share)) * 100)}%"


def _debt_fact(facts: Context) -> str:
    if facts.debt_service_ratio is None:
        return EXPLAIN_WORDS["no_surplus"]
    return EXPLAIN_WORDS["debt_service"].format(share=_percent(facts.debt_service_ratio))


def _loss_fact(facts: Context) -> str:
    return EXPLAIN_WORDS["loss"].format(
        months=facts.loss_months, share=_percent(facts.book_coverage or 0)
    )


def _permit_fact(instrument: Instrument, case: Case, _: Score) -> str:
    parts = []
    if is_food_permit_missing(instrument, case):
        parts.append(EXPLAIN_WORDS["food_permit"])
    if is_halal_missing(instrument, case):
        parts.append(EXPLAIN_WORDS["halal"])
    return " ".join(parts)


def _low_fact(instrument: Instrument, _: Case, result: Score) -> str:
    names = {part.code: part.name for part in instrument.dimensions}
    low = [
        f"{names[code]} {_comma(Decimal(tenths) / 10)}"
        for code, tenths in result.values.items()
        if code in instrument.limits.floor_dimensions
        and tenths is not None
        and tenths < instrument.limits.floor_tenths
    ]
    return f"{', '.join(low)}."


_FACTS: dict[Code, Callable[[Instrument, Case, Score], str]] = {
    "KO-1": lambda _, case, __: EXPLAIN_WORDS["no_sale"].format(
        days=case.context.days_since_last_sale
    ),
    "KO-2": lambda _, case, __: _loss_fact(case.context),
    "KO-3": lambda instrument, case, _: EXPLAIN_WORDS["arrears"].format(
        days=case.context.arrears_days,
        cap=instrument.limits.arrears_cap_days,
        sick=instrument.limits.arrears_sick_days,
    ),
    "KO-4": lambda _, case, __: _debt_fact(case.context),
    "KO-5": _permit_fact,
    "KO-6": lambda *_: EXPLAIN_WORDS["incident"],
    "KO-7": lambda _, case, __: EXPLAIN_WORDS["liquidity"].format(
        times=_comma(case.context.quick_ratio, 2)
    ),
    "KO-8": lambda *_: EXPLAIN_WORDS["no_records"],
    "KO-9": _low_fact,
}
