"""A comparison in words that an officer understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.interventions.rules.comparison import (
    BETTER,
    COVARIATES,
    FEW,
    FEW_OTHERS,
    FEW_TREATED,
    GROUPS_DIFFER,
    SAME,
    UNKNOWN,
    UNLIKE,
    WORSE,
)

VERDICT_LABELS = {
    BETTER: "lebih sering membaik",
    WORSE: "lebih jarang membaik",
    SAME: "belum terlihat bedanya",
    UNKNOWN: "belum cukup data",
}
_TONES = {BETTER: "good", WORSE: "bad", SAME: "muted", UNKNOWN: "muted"}


def warning_words(warnings: Sequence[str], unlike: Mapping[str, float]) -> tuple[str, ...]:
    """What to be careful about, one sentence each."""
    words = []
    if FEW_TREATED in warnings:
        words.append(f"Kurang dari {FEW} usaha dengan terapi ini: angkanya dapat kebetulan saja.")
    if FEW_OTHERS in warnings:
        words.append(f"Kurang dari {FEW} usaha pembanding: angkanya dapat kebetulan saja.")
    if GROUPS_DIFFER in warnings:
        words.append(
            f"Kedua kelompok berbeda sejak awal dalam {joined(unlike_names(unlike))}: "
            "bedanya belum tentu karena terapi."
        )
    return tuple(words)


def verdict_tone(verdict: str, warnings: Sequence[str]) -> str:
    """How a verdict looks: plain green or red only where the groups began alike."""
    if verdict in (BETTER, WORSE) and GROUPS_DIFFER in warnings:
        return "warn"
    return _TONES[verdict]


def unlike_names(unlike: Mapping[str, float]) -> list[str]:
    """In what the groups differ too much, the most first."""
    found = sorted((name for name in unlike if unlike[name] > UNLIKE), key=lambda one: -unlike[one])
    return [COVARIATES[name] for name in found]


def joined(words: Sequence[str]) -> str:
    """ "a", "a dan b", "a, b, dan c"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def points_between(low: float, high: float) -> str:
    """An interval of a difference of shares, in percent points."""
    return f"antara {round(low * 100)} dan {round(high * 100)} poin"


def months(days: int | None) -> str:
    """Days as people say them."""
    if days is None:
        return "belum dapat dikatakan"
    return f"{days} hari (sekitar {round(days / 30.44)} bulan)" if days >= 60 else f"{days} hari"
