"""Areas as somebody knows them who reaches single enterprises; and what a map lies on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, func, select

from app.core.outlines import Box, box_of
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries.reach import within, within_area
from app.places.queries import Outline, area, home_area, outlines, parts, reached_area
from app.places.rules import is_area_code, lineage


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The outlines that a map of an area is drawn over. They are no secret, so they are not
    narrowed to a reach.

    `parts` are those right below it, `own` its own; `around` is the smallest known one that it lies
    in, where there are none of either. `reached` are the codes of the parts that open for the
    reader.
    """

    parts: Sequence[Outline]
    reached: frozenset[str]
    own: Outline | None
    around: Outline | None

    @property
    def outlines(self) -> list[Outline]:
        """All of them, what lies below first."""
        return [one for one in (self.around, self.own, *self.parts) if one is not None]

    @property
    def box(self) -> Box | None:
        """What the map shows, if its area has outlines."""
        shown = [self.own] if self.own else self.parts
        return box_of([ring for one in shown for ring in one.rings]) if shown else None


def first_area(scope: Scope) -> str:
    """The area that a person's map begins with: as the overview; who reaches no area but single
    enterprises begins with the smallest area that holds them all."""
    if scope.areas:
        return home_area(scope)
    first, last = db.session.execute(
        select(func.min(Enterprise.village_code), func.max(Enterprise.village_code)).where(
            within(scope)
        )
    ).one()
    shared = [code for code in lineage(first or "") if code in lineage(last)]
    return shared[-1] if shared else WHOLE_COUNTRY


def known_area(scope: Scope, code: str) -> str:
    """The name of an area of which the scope reaches some part, or an enterprise in it.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    if code != WHOLE_COUNTRY and is_area_code(code) and _holds_own(scope, code):
        return area(code).name
    return reached_area(scope, code)


def _holds_own(scope: Scope, code: str) -> bool:
    if scope.mentor_account_id is None and scope.owner_account_id is None:
        return False
    return bool(db.session.scalar(select(exists().where(within_area(scope, code)))))


def ground(scope: Scope, code: str) -> Ground:
    """What a map of an area is drawn over."""
    below = [one.code for one in parts(scope, code) if one.code != code]
    above = lineage(code)
    found = {one.code: one for one in outlines({*below, *above})}
    shown = [found[one] for one in below if one in found]
    own = found.get(code)
    known_above = [found[one] for one in above if one in found]
    return Ground(
        parts=_each_once(shown),
        reached=_reached(scope, below),
        own=own,
        around=known_above[-1] if known_above and not own and not shown else None,
    )


def _reached(scope: Scope, codes: Sequence[str]) -> frozenset[str]:
    """Those of some areas of which the scope reaches some part, or an enterprise in them."""
    reached = {code for code in codes if not scope.narrowed_to(code).is_empty}
    if scope.mentor_account_id is not None or scope.owner_account_id is not None:
        villages = db.session.scalars(
            select(Enterprise.village_code).where(within(scope)).distinct()
        )
        held = {part for village in villages for part in lineage(village)}
        reached |= held.intersection(codes)
    return frozenset(reached)


def _each_once(shown: Sequence[Outline]) -> list[Outline]:
    """Several areas may have one outline, of before they were split."""
    return list({one.rings: one for one in reversed(shown)}.values())[::-1]
