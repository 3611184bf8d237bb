"""Answers that follow from what the market knows: products, permits, channels.

The bounds are those of the instrument's options (domain reference 2.4). They hold for the options
as version 1 words them: where a later version offers other options to a question, nothing is
answered beforehand until somebody gives bounds for those too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from fractions import Fraction

from app.core.day_words import long_day
from app.core.months import add_months
from app.health.rules.evidence import CLAIMED, SEEN
from app.health.rules.instrument import Code, Instrument
from app.health.rules.known_bounds import (
    BOOK,
    DAYS_TO_PAYMENT,
    MOVEMENTS_HOLD,
    is_asked_so,
    percent,
    spread_points,
    up_to,
)
from app.health.rules.questionnaire import Known
from app.market.rules.facts import (
    COMMITTED,
    DECREED,
    IN_FORCE,
    LAPSED,
    NOT_BEGUN,
    UNDER_WAY,
    CertificateFact,
    MarketFacts,
)

# A label that was checked longer ago is looked at again; so long does the best class hold.
LABEL_HOLDS = timedelta(days=180)
SOON_DAYS = 90
WRITTEN_COST_MONTHS = 6

_PERMITS = {"A": ("spp_irt", "md"), "B": ("laik_higiene",)}
_HALAL = ("halal_sd", "halal_reguler")
_TRACK_WORDS = {
    "nib": "NIB",
    "spp_irt": "SPP-IRT",
    "md": "Izin edar BPOM MD",
    "laik_higiene": "Sertifikat laik higiene",
    "halal_sd": "Sertifikat halal",
    "halal_reguler": "Sertifikat halal",
    "merek": "Merek",
}
_STANDING_WORDS = {
    NOT_BEGUN: "belum diurus",
    UNDER_WAY: "sedang diproses",
    COMMITTED: "terbit, komitmen belum dipenuhi",
    DECREED: "ketetapan terbit, sertifikat belum",
    IN_FORCE: "berlaku",
    LAPSED: "tidak berlaku lagi",
}
_PERMIT_POINTS = {NOT_BEGUN: 0, LAPSED: 0, UNDER_WAY: 1, COMMITTED: 2, DECREED: 2, IN_FORCE: 4}
_HALAL_POINTS = {NOT_BEGUN: 0, LAPSED: 0, UNDER_WAY: 1, COMMITTED: 1, DECREED: 3, IN_FORCE: 4}
# The data of a number are being changed, or the materials of a halal product.
_DATA_CHANGE, _RENEWAL = "perubahan_data", "pembaruan"
_MARK_FILED = frozenset(
    {
        "diajukan",
        "formalitas",
        "pengumuman",
        "keberatan",
        "pemeriksaan_substantif",
        "terdaftar",
        "perpanjangan",
        "akan_habis",
    }
)

# From the best: so many points up to, and with, this bound. Beyond the last it is 0.
_RETURNED = (
    (4, Fraction(2, 100)),
    (3, Fraction(5, 100)),
    (2, Fraction(10, 100)),
    (1, Fraction(20, 100)),
)
# So many points from this bound on. Below the last it is 0.
_LABEL = ((4, Fraction(1)), (3, Fraction(75, 100)), (2, Fraction(50, 100)), (1, Fraction(30, 100)))


def answers_from_market(
    instrument: Instrument, sector: str | None, facts: MarketFacts
) -> dict[Code, Known]:
    """What the facts say about the questions that a sector is asked; what they leave open is out.

    Gives the points, on what they rest, and how long that can be relied on.
    """
    if sector is None:
        return {}
    found = {}
    for code, answer in _ANSWERS.items():
        if not is_asked_so(instrument, code, sector):
            continue
        known = answer(facts, sector)
        if known is not None:
            found[code] = known
    return found


def _label(facts: MarketFacts, _: str) -> Known | None:
    label = facts.products.label_share
    if label is None or label.applicable <= 0 or facts.on - label.checked_on > LABEL_HOLDS:
        return None
    share = Fraction(label.present, label.applicable)
    return Known(
        points=next((points for points, bound in _LABEL if share >= bound), 0),
        known_on=label.checked_on,
        source=f"Pemeriksaan label: {label.present} dari {label.applicable} unsur wajib ada",
        evidence=SEEN,
        holds_until=label.checked_on + LABEL_HOLDS,
    )


def _brand(facts: MarketFacts, _: str) -> Known | None:
    pack = facts.products.brand_and_contact
    if pack is None or facts.on - pack.checked_on > LABEL_HOLDS:
        return None
    if pack.has_contact and not pack.has_brand:
        # No option says "contact alone".
        return None
    points = 0 if not pack.has_brand else 4 if pack.has_contact else 2
    words = {0: "tidak ada merek dan kontak", 2: "ada merek saja", 4: "ada merek dan kontak"}
    return Known(
        points=points,
        known_on=pack.checked_on,
        source=f"Pemeriksaan label: {words[points]}",
        evidence=SEEN,
        holds_until=pack.checked_on + LABEL_HOLDS,
    )


def _nib(facts: MarketFacts, _: str) -> Known | None:
    one = _best(facts, ("nib",), _PERMIT_POINTS)
    if one is not None and (facts.nib is None or one.standing in (IN_FORCE, LAPSED)):
        is_held = _standing(one, facts.on) in (IN_FORCE, COMMITTED)
        is_changing = one.state == _DATA_CHANGE
        points = (2 if is_changing else 4) if is_held else 0
        source = "NIB: data sedang diubah" if is_held and is_changing else _told(one, facts.on)
        return Known(points=points, known_on=facts.on, source=source, evidence=BOOK)
    if facts.nib is None:
        return None
    return Known(
        points=4,
        known_on=facts.on,
        source="NIB tercatat di data usaha; periksa apakah KBLI-nya sesuai",
        evidence=CLAIMED,
    )


def _permit(facts: MarketFacts, sector: str) -> Known | None:
    one = _best(facts, _PERMITS.get(sector, ()), _PERMIT_POINTS)
    if one is None:
        return None
    points, until = _PERMIT_POINTS[_standing(one, facts.on)], None
    if points == _PERMIT_POINTS[IN_FORCE] and one.expires_on is not None:
        until = one.expires_on
        if (until - facts.on).days <= SOON_DAYS:
            points = 3
        else:
            until -= timedelta(days=SOON_DAYS + 1)
    return _certified(one, facts.on, points, until)


def _halal(facts: MarketFacts, _: str) -> Known | None:
    one = _best(facts, _HALAL, _HALAL_POINTS)
    if one is None:
        return None
    standing = _standing(one, facts.on)
    points = _HALAL_POINTS[standing]
    if standing == IN_FORCE and one.state == _RENEWAL:
        # Issued, but its materials have changed: only "issued, unchanged" is full.
        points = _HALAL_POINTS[DECREED]
    return _certified(one, facts.on, points, one.expires_on if standing == IN_FORCE else None)


def _tax_and_mark(facts: MarketFacts, _: str) -> Known | None:
    if facts.npwp is None:
        return None
    filed = [
        one
        for one in facts.certificates
        if one.track == "merek"
        and one.state in _MARK_FILED
        and _standing(one, facts.on) not in (NOT_BEGUN, LAPSED)
    ]
    words = "merek diajukan atau terdaftar" if filed else "merek belum tercatat"
    return Known(
        points=4 if filed else 2,
        known_on=facts.on,
        source=f"NPWP tercatat, {words}",
        evidence=BOOK if filed else CLAIMED,
    )


def _channels(facts: MarketFacts, _: str) -> Known | None:
    sold = facts.channels
    if sold is None:
        return None
    count, share = sold.active_channels_30d, sold.largest_share
    if count == 0:
        return _moved(facts, 0, "tidak ada kanal aktif 30 hari terakhir")
    if share is None:
        return None
    words = f"{count} kanal aktif, yang terbesar {percent(share)}"
    return _moved(facts, spread_points(count, share), words)


def _payment(facts: MarketFacts, _: str) -> Known | None:
    if facts.channels is None or facts.channels.days_to_payment is None:
        return None
    days = facts.channels.days_to_payment
    return _moved(facts, up_to(DAYS_TO_PAYMENT, days), f"uang diterima rata-rata {days} hari")


def _returns(facts: MarketFacts, _: str) -> Known | None:
    if facts.channels is None or facts.channels.return_rate is None:
        return None
    rate = facts.channels.return_rate
    words = f"{percent(rate)} kiriman 30 hari terakhir kembali tanpa dibayar"
    return _moved(facts, up_to(_RETURNED, rate), words)


def _unit_cost(facts: MarketFacts, _: str) -> Known | None:
    counted_on = facts.products.unit_cost_on
    if counted_on is None or counted_on > facts.on:
        return None
    recent_until = add_months(counted_on, WRITTEN_COST_MONTHS)
    is_recent = facts.on <= recent_until
    return Known(
        points=4 if is_recent else 3,
        known_on=counted_on,
        source=f"HPP produk utama ditulis {long_day(counted_on)}",
        evidence=BOOK,
        holds_until=recent_until if is_recent else None,
    )


def _best(
    facts: MarketFacts, tracks: Iterable[str], points: dict[str, int]
) -> CertificateFact | None:
    """The certificate that counts: the main product's or the enterprise's own, else any."""
    of_tracks = [one for one in facts.certificates if one.track in tracks]
    main = (None, facts.products.main_product_id)
    counted = [one for one in of_tracks if one.product_id in main] or of_tracks
    return max(
        counted,
        key=lambda one: (
            points[_standing(one, facts.on)],
            one.expires_on or date.max,
            one.track,
        ),
        default=None,
    )


def _standing(one: CertificateFact, on: date) -> str:
    """How it stands; the last day is the last day in force."""
    if one.standing in (IN_FORCE, COMMITTED) and one.expires_on is not None and one.expires_on < on:
        return LAPSED
    return one.standing


def _certified(one: CertificateFact, on: date, points: int, until: date | None) -> Known:
    return Known(
        points=points, known_on=on, source=_told(one, on), evidence=BOOK, holds_until=until
    )


def _told(one: CertificateFact, on: date) -> str:
    standing, name = _standing(one, on), _TRACK_WORDS[one.track]
    if one.expires_on is not None and standing in (IN_FORCE, LAPSED):
        words = "berlaku sampai" if one.expires_on >= on else "habis"
        return f"{name} {words} {long_day(one.expires_on)}"
    return f"{name} {_STANDING_WORDS[standing]}"


def _moved(facts: MarketFacts, points: int, words: str) -> Known:
    return Known(
        points=points,
        known_on=facts.on,
        source=f"Catatan kanal: {words}",
        evidence=BOOK,
        holds_until=facts.on + MOVEMENTS_HOLD,
    )


_ANSWERS: dict[Code, Callable[[MarketFacts, str], Known | None]] = {
    "PSR3": _channels,
    "PSR4": _payment,
    "PRD4": _returns,
    "KMS2": _label,
    "KMS3": _brand,
    "LGL1": _nib,
    "LGL2": _permit,
    "LGL3": _halal,
    "LGL4": _tax_and_mark,
    "MNJ2": _unit_cost,
}
