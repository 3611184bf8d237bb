"""Having phones learn of what a loan changed on the card of its enterprise."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from app.credit.models import Loan
from app.credit.rules.loan_states import OPEN
from app.db import db
from app.enterprises.models import Enterprise
from app.history.rules import register_actions
from app.history.services import record

_RENEWED = "loan.card_renewed"
# Others than those who may read of loans read the story of an enterprise.
register_actions({_RENEWED: "Kartu usaha di HP diperbarui"}, is_told=False)


@contextmanager
def renewing_card(loan: Loan) -> Iterator[None]:
    """Let an entry with a number stand at the enterprise when the oldest unpaid day of a loan is
    another one afterwards: phones learn of changes by those numbers alone."""
    before = _shown(loan)
    yield
    if _shown(loan) == before:
        return
    village = db.session.get_one(Enterprise, loan.enterprise_id).village_code
    # Who did it stands with the loan: whoever did something at an enterprise is told more of it.
    record(
        subject_type="loan",
        subject_id=loan.id,
        enterprise_id=loan.enterprise_id,
        area_code=village,
        action=_RENEWED,
        by=None,
    )


def _shown(loan: Loan) -> date | None:
    """What the card tells of it, see `next_due_of`."""
    return loan.next_due_on if loan.state in OPEN else None
