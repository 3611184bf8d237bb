"""Other content that came under the id of an operation that is known: kept, and decided about.

Whatever is decided, a row of its own says so under an id that follows from the first one and the
content. So the same sent again finds its answer, and a decision has its effect once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from app.core.clock import utc_now
from app.core.errors import WrongState
from app.db import db
from app.field.models import SyncOperation
from app.field.queries.authority import work_areas
from app.field.rules import REJECTED
from app.field.rules.cash_data import CASH_KINDS
from app.field.rules.credit_data import CREDIT_KINDS
from app.field.rules.operation import Operation, other_id, parse_operation
from app.field.rules.taken import Clock
from app.field.services.judging import DONE, judged
from app.field.services.operation_log import begin_numbering, store
from app.field.services.outcomes import Outcome, Sender
from app.field.services.taking import DECLINED, not_applied, release, wait_for_turn

# What these make has an id of its own; the others name what is there.
_MAKING = frozenset(
    {"visit.create", "assessment.create", "therapy.report", *CASH_KINDS, *CREDIT_KINDS}
)


def settle_other(
    known: SyncOperation, kept: dict[str, Any], *, is_accepted: bool, words: str
) -> None:
    """Let it count as an operation of its own, or keep that it doesn't; once.

    `kept` is what the inbox holds of it, `words` what is told to the sender of a refusal.

    Raises:
        WrongState: it isn't kept any more, or can't be applied as things stand.
    """
    if "incoming" not in kept:
        raise WrongState("payload_gone", message="Isi kiriman ini sudah dihapus.")
    operation = _its_own(known, parse_operation(kept["incoming"]))
    wait_for_turn(operation.enterprise_id)
    if db.session.get(SyncOperation, operation.op_id) is not None:
        return
    begin_numbering()
    sender = _sender(known, kept)
    if not is_accepted:
        store(operation, sender, Outcome(status=REJECTED, code=DECLINED, pesan=words))
        return
    outcome = judged(operation, sender, is_decided=True)
    if outcome.status not in DONE:
        raise not_applied(outcome.code, outcome.pesan)
    store(operation, sender, outcome)
    release(operation.enterprise_id)


def _its_own(known: SyncOperation, said: Operation) -> Operation:
    op_id = other_id(known.op_id, said.sha256)
    is_taken = said.type in _MAKING and said.record_id == known.record_id
    return replace(
        said,
        op_id=op_id,
        record_id=uuid5(op_id, "record") if is_taken else said.record_id,
    )


def _sender(known: SyncOperation, kept: dict[str, Any]) -> Sender:
    account_id = UUID(kept.get("account_id") or str(known.account_id))
    return Sender(
        account_id=account_id,
        device_id=UUID(kept.get("device_id") or str(known.device_id)),
        areas=work_areas(account_id),
        clock=Clock(now=utc_now(), skew=kept.get("skew") or known.skew_seconds),
    )
