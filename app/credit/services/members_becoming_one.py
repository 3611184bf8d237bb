"""Two owners become one: where both belong to a lender, the kept owner's membership stays."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.core.errors import WrongState
from app.credit.models import Lender, Member, SavingRow
from app.credit.queries.members import balances
from app.db import db
from app.db.belongings import Pair, settling


@settling
def keep_one_membership(pair: Pair) -> None:
    """The rows of the membership that goes follow those of the one that stays.

    Nobody's money changes hands by a merger, which can be undone: while something is left there,
    the lender pays it out first.

    Raises:
        WrongState: both belong to one lender, and the one that goes has savings there.
    """
    if pair.kept_owner_id == pair.gone_owner_id:
        return
    kept, gone = aliased(Member), aliased(Member)
    both = db.session.execute(
        select(kept.id, gone.id, kept.lender_id)
        .join(gone, gone.lender_id == kept.lender_id)
        .where(kept.owner_id == pair.kept_owner_id, gone.owner_id == pair.gone_owner_id)
    ).all()
    for kept_id, gone_id, lender_id in both:
        if any(balances([gone_id]).get(gone_id, {}).values()):
            name = db.session.get_one(Lender, lender_id).name
            raise WrongState(
                "savings_left",
                message=f"Keduanya anggota {name}, dan simpanan yang akan hilang belum kosong. "
                "Minta lembaga itu memindahkan simpanannya dahulu.",
            )
        _follow(kept_id, gone_id)


def _follow(kept_id: UUID, gone_id: UUID) -> None:
    last: dict[str, SavingRow] = {}
    for row in _rows(kept_id):
        last[row.kind] = row
    ends = {kind: (row.turn, row.balance) for kind, row in last.items()}
    for row in _rows(gone_id):
        turn, balance = ends.get(row.kind, (0, 0))
        row.member_id = kept_id
        row.turn += turn
        row.balance += balance
    db.session.flush()


def _rows(member_id: UUID) -> list[SavingRow]:
    return list(
        db.session.scalars(
            select(SavingRow)
            .where(SavingRow.member_id == member_id)
            .order_by(SavingRow.kind, SavingRow.turn)
        )
    )
