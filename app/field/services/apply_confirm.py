"""A visit that its owner confirmed on the mentor's phone."""

from __future__ import annotations

from app.core.errors import PulihError, WrongState
from app.core.scope import everywhere
from app.db import db
from app.field.rules import HELD, OK, REJECTED
from app.field.rules.confirm_data import confirm_said
from app.field.services.outcomes import Case, Outcome
from app.mentoring.models import Visit
from app.mentoring.rules.confirming import BY_PIN
from app.portal.services.confirming import confirm_visit
from app.portal.services.pins import pin_fits

_STAYS = "Kunjungan tetap tercatat."


def apply_confirm(case: Case) -> Outcome:
    """Keep the owner's word if the number is theirs; a try counts whatever comes of it.

    So a wrong number is answered and not raised: what is raised is undone.
    """
    said = confirm_said(case.operation)
    visit = db.session.get(Visit, said.visit_id)
    if visit is None or visit.enterprise_id != case.row.id:
        # Perhaps the visit is still on the way.
        return Outcome(status=HELD, code="visit_unknown")
    by, account_id = case.sender.account_id, case.row.owner.account_id
    try:
        if account_id is None:
            raise WrongState("pin_missing", message="Kartu pemilik belum punya PIN.")
        if not pin_fits(account_id=account_id, pin=said.pin):
            return _refused("pin_wrong", "PIN pemilik tidak cocok.")
        confirm_visit(scope=everywhere(by), by=by, visit_id=visit.id, has_come=True, way=BY_PIN)
    except PulihError as refusal:
        return _refused(refusal.code, refusal.message)
    return Outcome(status=OK, version=case.row.version, extra=dict(said.rest))


def _refused(code: str, words: str) -> Outcome:
    return Outcome(status=REJECTED, code=code, pesan=f"{words} {_STAYS}")
