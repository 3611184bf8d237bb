"""Why an enterprise should not borrow, by its newest assessment: told to who lends."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.credit.queries.blocks import register_block
from app.credit.rules.judging import Block
from app.db import db
from app.db.slices import slices
from app.health.models import HealthAssessment
from app.health.rules.instrument import HealthClass

SICK = Block(
    code="sakit",
    reason="Usaha sedang sakit: pulihkan dahulu, jangan menambah utang.",
    therapies=("T20", "T21", "T22"),
)
# Each of them stops new debt; another debt is set out anew or moved first.
KNOCKOUTS = (
    Block(
        code="KO-2",
        reason="Tiga bulan berturut-turut biaya usaha lebih besar daripada penjualannya.",
        therapies=("T20",),
    ),
    Block(
        code="KO-3",
        reason="Ada cicilan yang sudah lama menunggak.",
        therapies=("T20", "T21"),
    ),
    Block(
        code="KO-4",
        reason="Angsuran yang berjalan sudah terlalu berat bagi sisa usaha.",
        therapies=("T20", "T21"),
    ),
)


def loan_blocks(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[Block, ...]]:
    """What the newest assessment up to a day says against lending; one statement for each 500."""
    found: dict[UUID, tuple[Block, ...]] = {}
    for some in slices(sorted(set(enterprise_ids))):
        # In order, so that the newest of each stays.
        rows = db.session.execute(
            select(
                HealthAssessment.enterprise_id,
                HealthAssessment.final_class,
                HealthAssessment.knockouts,
            )
            .where(
                HealthAssessment.enterprise_id.in_(some),
                HealthAssessment.assessed_on <= on,
                HealthAssessment.final_class.is_not(None),
            )
            .order_by(
                HealthAssessment.assessed_on, HealthAssessment.received_at, HealthAssessment.id
            )
        )
        found |= {row.enterprise_id: _blocks(row.final_class, row.knockouts) for row in rows}
    return {key: told for key, told in found.items() if told}


def _blocks(final_class: str, knockouts: Collection[str]) -> tuple[Block, ...]:
    told = [SICK] if final_class == HealthClass.SICK else []
    return (*told, *(one for one in KNOCKOUTS if one.code in knockouts))


register_block(loan_blocks)
