"""Setting what a lender offers."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.credit.models import LoanOffer
from app.credit.queries.offers import offer_page
from app.credit.rules.offers import Offer, checked
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions({"loan_offer.set": "Tawaran pinjaman ditetapkan"})
register_fields(
    "loan_offer",
    {
        "offer": FieldWording(label="Tawaran"),
        "amount": FieldWording(label="Jumlah"),
        "price": FieldWording(label="Bunga atau margin"),
        "time": FieldWording(label="Lama"),
        "offered": FieldWording(label="Masih ditawarkan"),
        "valid_from": FieldWording(label="Berlaku sejak"),
        "source": FieldWording(label="Sumber"),
    },
)

# An offer of long ago is history, one of the far future a slip of the finger.
_FIRST_DAY, _LAST_AFTER = date(2000, 1, 1), timedelta(days=3653)


def set_offer(*, offer_id: UUID, offer: Offer, by: UUID) -> LoanOffer:
    """Have a lender offer something else from a day on; what it offered before stays readable.

    The same content under the same id is set once. A code that nobody used makes a new offer.

    Raises:
        InvalidInput: no schedule can be made of it, it names no source, or a day beyond reason.
    """
    wanted = checked(offer)
    day = _day(wanted.valid_from)
    said = {
        "name": wanted.name,
        "lender": wanted.lender,
        "method": wanted.method,
        "least": wanted.least,
        "most": wanted.most,
        "rate": wanted.rate,
        "every": wanted.every,
        "most_months": wanted.most_months,
        "conditions": wanted.conditions,
        "source": wanted.source,
        "doubt": wanted.doubt,
        "is_offered": wanted.is_offered,
        "valid_from": day,
    }
    known, key = kept_or_free(LoanOffer, offer_id, **said)
    if known is not None:
        return known
    before = offer_page(wanted.code).now if wanted.code else None
    made = LoanOffer(id=key, code=wanted.code or str(key), **said, set_by=by, set_at=utc_now())
    db.session.add(made)
    _note(made, before, wanted)
    return made


def _day(valid_from: date | None) -> date:
    if valid_from is None or not _FIRST_DAY <= valid_from <= local_today() + _LAST_AFTER:
        message = "Tanggal berlaku ini tidak wajar. Periksa."
        raise InvalidInput("offer_day", field="valid_from", message=message)
    return valid_from


def _note(made: LoanOffer, before: Offer | None, wanted: Offer) -> None:
    record(
        subject_type="loan_offer",
        subject_id=made.id,
        action="loan_offer.set",
        by=made.set_by,
        changes={
            "offer": [before and before.name, wanted.name],
            "amount": [before and before.amount_words, wanted.amount_words],
            "price": [before and before.price_words, wanted.price_words],
            "time": [before and before.time_words, wanted.time_words],
            "offered": [before and _yes(before), _yes(wanted)],
            "valid_from": [None, made.valid_from.isoformat()],
            "source": [before and before.source, wanted.source],
        },
    )


def _yes(offer: Offer) -> str:
    return "ya" if offer.is_offered else "tidak"
