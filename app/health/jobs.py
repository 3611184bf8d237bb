"""Long work of the diagnosis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Row, delete

from app.core.clock import local_today, utc_now
from app.core.errors import WrongState
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_copy
from app.health.frames.rescoring import CLASS_OF_CODE, MISSING, Rescored, answers_of, rescore
from app.health.models import InstrumentTrial, InstrumentVersion, TrialResult
from app.health.queries.instruments import as_of_today, instrument_numbered
from app.health.queries.trials import current_assessments, current_count
from app.health.rules.instrument import Instrument
from app.health.rules.instrument_file import instrument_of_text
from app.health.services.instruments import TRIAL_JOB
from app.jobs import Progress, job


@job(TRIAL_JOB)
def try_instrument(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Score all current assessments by a draft; keep each enterprise's class now and then."""
    trial_id = UUID(payload["trial_id"])
    draft = _draft_of(trial_id)
    today = local_today()
    total, expired = current_count(today)
    with transaction():
        # What an interrupted run left.
        db.session.execute(delete(TrialResult).where(TrialResult.trial_id == trial_id))
    done = 0
    for rows in current_assessments(today):
        results = list(_results(trial_id, draft, rows))
        with transaction():
            bulk_copy(TrialResult.__table__, results)
            done += len(rows)
            progress.step(done, total, "Menghitung dampak rancangan")
    with transaction() as session:
        trial = session.get_one(InstrumentTrial, trial_id)
        trial.left_out = expired
        trial.finished_at = utc_now()
    return {"url": f"/instrumen/dampak/{trial_id}", "enterprises": done}


def _draft_of(trial_id: UUID) -> Instrument:
    trial = db.session.get_one(InstrumentTrial, trial_id)
    draft = db.session.get_one(InstrumentVersion, trial.version_id)
    if draft.content_hash != trial.content_hash:
        raise WrongState(
            "instrument_changed", message="Rancangan berubah sebelum dicoba. Coba lagi."
        )
    return as_of_today(instrument_of_text(draft.content, version=draft.number or 0))


def _results(
    trial_id: UUID, draft: Instrument, rows: Sequence[Row[Any]]
) -> Iterable[dict[str, Any]]:
    by_version: dict[int, list[Row[Any]]] = {}
    for row in rows:
        by_version.setdefault(row.instrument_version, []).append(row)
    for number, part in by_version.items():
        scored = _rescored(draft, instrument_numbered(number), part)
        for row, tenths, code in zip(part, scored.tenths, scored.final_class, strict=True):
            yield {
                "trial_id": trial_id,
                "enterprise_id": row.id,
                "class_now": row.final_class,
                "class_then": CLASS_OF_CODE[int(code)],
                "score_now": row.score,
                "score_then": None if tenths == MISSING else int(tenths),
            }


def _rescored(draft: Instrument, asked: Instrument, rows: Sequence[Row[Any]]) -> Rescored:
    return rescore(
        draft,
        answers_of(
            draft,
            points=[row.points for row in rows],
            places=_places(draft, asked),
            sectors=[row.sector for row in rows],
            assessed_on=[row.assessed_on for row in rows],
            contexts=[row.context for row in rows],
        ),
    )


def _places(draft: Instrument, asked: Instrument) -> NDArray[np.intp]:
    known = {one.code: one.position for one in asked.indicators}
    return np.array([known.get(one.code, -1) for one in draft.indicators], dtype=np.intp)
