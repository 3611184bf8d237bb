"""Writing down what members pay in and take out, and undoing what was written wrongly."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.errors import Conflict, InvalidInput, WrongState
from app.core.scope import Scope
from app.credit.models import Lender, LoanRefund, Member, SavingRow
from app.credit.queries.members import member as member_within_reach
from app.credit.queries.members import saving as saving_within_reach
from app.credit.rules.savings import OPPOSITE, balance_after, check_day, check_saving
from app.credit.services.receipts import SAVING, next_receipt
from app.db import db
from app.history.rules import register_actions
from app.history.services import record

# The history tells that something was written, not how much somebody has.
register_actions(
    {"saving.saved": "Simpanan anggota dicatat", "saving.undone": "Catatan simpanan dibatalkan"}
)


def save(
    *,
    scope: Scope,
    by: UUID,
    row_id: UUID,
    member_id: UUID,
    kind: str,
    direction: str,
    amount: int,
    happened_on: date,
    note: str = "",
) -> SavingRow:
    """Write down a saving; the same under the same id is written once, with one receipt.

    Raises:
        NotFound: the member is not seen by the caller.
        Conflict: something else was written under this id.
        InvalidInput, WrongState: it can't be (see `check_saving`), or there is not so much.
    """
    member = member_within_reach(scope, member_id, locked=True)
    known = db.session.get(SavingRow, row_id)
    said = {
        "member_id": member.id,
        "kind": kind,
        "direction": direction,
        "amount": amount,
        "happened_on": happened_on,
        "note": note,
    }
    if known is not None:
        return _same(known, **said)
    has_left = member.left_on is not None
    check_saving(kind=kind, direction=direction, amount=amount, has_left=has_left)
    check_day(happened_on, joined_on=member.joined_on, today=local_today())
    return _add(member, "saving.saved", by, id=row_id, **said)


def undo_saving(
    *, scope: Scope, by: UUID, row_id: UUID, undone_id: UUID, note: str = ""
) -> SavingRow:
    """Take back a saving that was written wrongly, by a row of the other way that names it.

    Raises:
        NotFound: not seen by the caller.
        Conflict: it was undone already, or something else was written under this id.
        WrongState: it is an undoing itself, what was paid in was taken out since, or it came from
            an overpaid loan, where it is undone.
    """
    of_loan = select(LoanRefund.id).where(LoanRefund.saving_row_id == undone_id)
    saving_within_reach(scope, undone_id)
    if db.session.scalar(of_loan) is not None:
        message = "Simpanan ini dari lebih bayar pinjaman. Batalkan di halaman pinjamannya."
        raise WrongState("of_loan", message=message)
    return take_back(scope=scope, by=by, row_id=row_id, undone_id=undone_id, note=note)


def take_back(*, scope: Scope, by: UUID, row_id: UUID, undone_id: UUID, note: str) -> SavingRow:
    """Undo a saving wherever it came from; see `undo_saving` for what it raises."""
    wrong = saving_within_reach(scope, undone_id)
    member = member_within_reach(scope, wrong.member_id, locked=True)
    known = db.session.get(SavingRow, row_id)
    if known is not None:
        return _same(known, undoes_id=undone_id)
    if wrong.undoes_id is not None:
        raise WrongState(
            "is_undoing", message="Ini sudah catatan pembatalan. Catat simpanannya dari awal."
        )
    try:
        return _add(
            member,
            "saving.undone",
            by,
            id=row_id,
            kind=wrong.kind,
            direction=OPPOSITE[wrong.direction],
            amount=wrong.amount,
            happened_on=local_today(),
            note=note,
            undoes_id=wrong.id,
        )
    except InvalidInput as refusal:
        raise WrongState(
            "taken_since",
            message="Simpanan ini sudah diambil sebagian. Batalkan pengambilannya dahulu.",
        ) from refusal


def _same(known: SavingRow, **said: object) -> SavingRow:
    if any(getattr(known, name) != value for name, value in said.items()):
        raise Conflict(
            "saving_differs", message="Simpanan lain sudah dicatat dari halaman ini. Muat ulang."
        )
    return known


def _add(member: Member, action: str, by: UUID, **values: object) -> SavingRow:
    kind, direction, amount = values["kind"], values["direction"], values["amount"]
    last = db.session.scalars(
        select(SavingRow)
        .where(SavingRow.member_id == member.id, SavingRow.kind == kind)
        .order_by(SavingRow.turn.desc())
        .limit(1)
    ).one_or_none()
    balance = balance_after(last.balance if last else 0, str(direction), int(str(amount)))
    lender = db.session.get_one(Lender, member.lender_id)
    made = SavingRow(
        member_id=member.id,
        turn=last.turn + 1 if last else 1,
        balance=balance,
        receipt=next_receipt(lender, SAVING),
        recorded_by=by,
        recorded_at=utc_now(),
        **{name: value for name, value in values.items() if name != "member_id"},
    )
    db.session.add(made)
    db.session.flush()
    record(
        subject_type="member",
        subject_id=member.id,
        area_code=lender.village_code,
        action=action,
        by=by,
    )
    return made
