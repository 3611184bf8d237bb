"""Which of an enterprise's certificates speak for one product, and how they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.market.rules.facts import (
    COMMITTED,
    DECREED,
    IN_FORCE,
    LAPSED,
    NOT_BEGUN,
    UNDER_WAY,
    CertificateFact,
)

# What buyers, labels and shops ask for: one or another track that gives it.
DEMANDS: dict[str, tuple[str, frozenset[str]]] = {
    "nib": ("NIB", frozenset({"nib"})),
    "izin_pangan": ("P-IRT atau BPOM MD", frozenset({"spp_irt", "md"})),
    "md": ("BPOM MD", frozenset({"md"})),
    "laik_higiene": ("Laik higiene", frozenset({"laik_higiene"})),
    "halal": ("Sertifikat halal", frozenset({"halal_sd", "halal_reguler"})),
    "merek": ("Merek terdaftar", frozenset({"merek"})),
}
_USABLE = frozenset({COMMITTED, IN_FORCE})
# The best first: a new certificate beside one that ran out is what counts.
_ORDER = (IN_FORCE, COMMITTED, DECREED, UNDER_WAY, LAPSED, NOT_BEGUN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How what is demanded stands for one product."""

    is_in_force: bool
    is_lapsed: bool
    is_under_way: bool
    track: str | None
    number: str | None
    expires_on: date | None
    is_estimate: bool = False

    @property
    def words(self) -> str:
        """The state in a word or two."""
        if self.is_in_force:
            return "berlaku"
        if self.is_lapsed:
            return "sudah habis"
        return "sedang diurus" if self.is_under_way else "belum ada"


_NONE = Standing(
    is_in_force=False,
    is_lapsed=False,
    is_under_way=False,
    track=None,
    number=None,
    expires_on=None,
)


def standing(
    demand: str, certificates: Iterable[CertificateFact], product_id: UUID | None
) -> Standing:
    """How a demand stands: certificates of the product itself and of the whole enterprise count.

    A permit whose commitments are open may be used; nothing that ran out ever is.
    """
    tracks = DEMANDS[demand][1]
    own = [
        one for one in certificates if one.track in tracks and one.product_id in (None, product_id)
    ]
    if not own:
        return _NONE
    best = min(own, key=lambda one: _ORDER.index(one.standing))
    return Standing(
        is_in_force=best.standing in _USABLE,
        is_lapsed=best.standing == LAPSED,
        is_under_way=best.standing in (UNDER_WAY, DECREED),
        track=best.track,
        number=best.number,
        expires_on=best.expires_on,
        is_estimate=best.is_estimate,
    )
