"""What a lender reads of the health of an enterprise: its class and which way it goes, no note."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.core.day_words import long_day
from app.credit.queries.readiness_parts import (
    BAD,
    GOOD,
    PLAIN,
    ReadinessLine,
    ReadinessPart,
    register_part,
)
from app.db import db
from app.enterprises.rules.labels import HEALTH_LABELS
from app.health.models import ClassSpan

HEALTH = 10
_HEADING = "Kesehatan usaha"
_SHOWN = 4
_ORDER = tuple(HEALTH_LABELS)
_TONES = dict(zip(_ORDER, (BAD, PLAIN, GOOD), strict=True))


def tell_health(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, ReadinessPart]:
    """The class of the day and the ones before it."""
    rows = db.session.scalars(
        select(ClassSpan)
        .where(ClassSpan.enterprise_id.in_(list(enterprise_ids)), ClassSpan.from_on <= on)
        .order_by(ClassSpan.enterprise_id, ClassSpan.from_on.desc())
    )
    spans: dict[UUID, list[ClassSpan]] = defaultdict(list)
    for row in rows:
        spans[row.enterprise_id].append(row)
    return {key: _part(spans[key], on) for key in enterprise_ids}


def _part(spans: Sequence[ClassSpan], on: date) -> ReadinessPart:
    if not spans:
        return ReadinessPart(heading=_HEADING, missing="Usaha ini belum pernah dinilai.")
    now, before = spans[0], spans[1:_SHOWN]
    is_over = now.until_on < on
    lines = [
        ReadinessLine(
            label="Kelas sekarang",
            value="belum ada yang berlaku" if is_over else HEALTH_LABELS[now.health_class],
            note=f"penilaian {long_day(now.from_on)}, berlaku sampai {long_day(now.until_on)}",
            tone=BAD if is_over else _TONES[now.health_class],
        ),
        ReadinessLine(label="Arah", value=_trend(spans)),
    ]
    lines += [
        ReadinessLine(
            label=f"Sebelumnya, {long_day(one.from_on)}", value=HEALTH_LABELS[one.health_class]
        )
        for one in before
    ]
    return ReadinessPart(heading=_HEADING, lines=tuple(lines))


def _trend(spans: Sequence[ClassSpan]) -> str:
    if len(spans) == 1:
        return "baru satu kali dinilai"
    now, before = (_ORDER.index(one.health_class) for one in spans[:2])
    return "tetap" if now == before else "membaik" if now > before else "memburuk"


register_part(HEALTH, tell_health)
