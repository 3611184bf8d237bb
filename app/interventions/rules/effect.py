"""Whether a therapy worked: the points of the same indicators before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectLine:
    """One indicator before the therapy and at the next assessment; None is missing."""

    indicator: str
    before: int | None
    after: int | None

    @property
    def change(self) -> int | None:
        """Points gained, negative if lost; None when one of the two is missing."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def effect_of(
    indicators: Iterable[str],
    before: Mapping[str, int | None],
    after: Mapping[str, int | None],
) -> tuple[EffectLine, ...]:
    """The indicators of a therapy at its assessment and at a later one."""
    return tuple(
        EffectLine(indicator=code, before=before.get(code), after=after.get(code))
        for code in indicators
    )
