"""Instalments and savings that were taken in without signal, each with one receipt."""

from __future__ import annotations

from typing import Any

from app.core.errors import Conflict, NotFound, WrongState
from app.core.scope import nowhere
from app.credit.services.collecting import collect_instalment, collect_saving
from app.field.rules import OK, REJECTED
from app.field.rules.credit_data import REPAY, CreditSaid, credit_said
from app.field.services.outcomes import Case, NeedsReview, Outcome

# One answer for whatever is not the sender's to take money for, so that it tells nothing.
_UNKNOWN = "collecting_unknown"
_UNKNOWN_WORDS = (
    "Pinjaman atau anggota ini tidak ditemukan. Bila uangnya sudah diterima, "
    "bawa ke kantor lembaga keuangannya."
)


def apply_credit(case: Case) -> Outcome:
    """Keep a sum once for each record id; the answer carries the number of its receipt.

    The sender must work for the lender, and the owner must let that lender see the business, at
    the moment at which the sum arrives here.

    Raises:
        NeedsReview: the loan or membership was changed by others meanwhile.
    """
    said = credit_said(case.operation, case.sender.clock)
    try:
        receipt = _kept(case, said)
    except NotFound:
        return not_reached()
    except (WrongState, Conflict) as refusal:
        if case.is_decided:
            raise
        raise NeedsReview(refusal.code, refusal.message) from refusal
    extra = dict(said.rest)
    if case.operation.attachments:
        extra["foto_ditolak"] = [str(one.id) for one in case.operation.attachments]
    if said.taken.dropped:
        extra["diabaikan"] = dict(said.taken.dropped)
    return Outcome(
        status=OK,
        pesan=f"Tercatat. Nomor kuitansi {receipt}.",
        version=case.row.version,
        labels=said.taken.labels,
        extra=extra,
        receipt=receipt,
    )


def not_reached() -> Outcome:
    """What is told of a loan or member that the sender does not reach, or that is nowhere."""
    return Outcome(status=REJECTED, code=_UNKNOWN, pesan=_UNKNOWN_WORDS)


def _kept(case: Case, said: CreditSaid) -> str:
    by, key = case.sender.account_id, case.operation.record_id
    # Only for whom they work counts here, not how far they reach otherwise.
    around: dict[str, Any] = {"scope": nowhere(by), "by": by}
    if case.operation.type == REPAY:
        return collect_instalment(
            **around,
            repayment_id=key,
            enterprise_id=case.row.id,
            happened_at=case.sender.clock.real(case.operation.occurred_at),
            is_checked=case.is_decided,
            **said.row,
        )
    return collect_saving(**around, row_id=key, owner_id=case.row.owner_id, **said.row)
