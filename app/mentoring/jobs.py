"""Long work of mentoring: proposing who looks after whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import numpy as np

from app.accounts.queries import scope_of
from app.core.permissions import Permission
from app.db import db
from app.db.transaction import transaction
from app.jobs import Progress, job
from app.mentoring.frames import NOBODY, Floats, Ints, best, fitting, present, ways
from app.mentoring.models import AssignmentProposal
from app.mentoring.queries.proposal_inputs import Case, Hand, cases, hands
from app.mentoring.rules.proposal import Pair, balance_of, figures
from app.mentoring.services.proposals import PROPOSE_JOB, keep_proposal

STEPS = 4


@job(PROPOSE_JOB)
def propose(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Compute and store a proposal with the reach that its maker has now."""
    proposal_id = UUID(payload["proposal_id"])
    asked = db.session.get_one(AssignmentProposal, proposal_id)
    scope, area = scope_of(asked.made_by, Permission.MENTOR_MANAGE), asked.area_code
    progress.step(0, STEPS, "Membaca usaha dan pendamping")
    served, workers = cases(scope, area), hands(scope, area)
    progress.step(1, STEPS, f"Menghitung jarak {len(served)} usaha dan {len(workers)} pendamping")
    solved = Solved(served, workers, report=lambda words: progress.step(2, STEPS, words))
    progress.step(3, STEPS, "Menyimpan usulan")
    with transaction():
        moved = keep_proposal(
            proposal_id=proposal_id, lines=solved.lines(), figures=solved.figures()
        )
    progress.step(STEPS, STEPS, f"{moved} usaha diusulkan pindah pendamping")
    return {"url": f"/penugasan/usulan/{proposal_id}"}


class Solved:
    """The best assignment of an area, beside the one of now."""

    def __init__(self, served: list[Case], workers: list[Hand], *, report: Any) -> None:
        self.served, self.workers = served, workers
        self.km: Floats = ways(served, workers) if workers else np.empty((len(served), 0))
        self.fits = fitting(served, workers) if workers else np.empty((len(served), 0), bool)
        self.before: Ints = present(served, workers)
        self.after: Ints = best(served, workers, self.km, report=report)
        # Nobody loses their mentor to a proposal: where no place was found, all stays as it is.
        self.after = np.where(self.after == NOBODY, self.before, self.after)

    def lines(self) -> Iterator[dict[str, Any]]:
        """The enterprises that should change hands."""
        for row in np.flatnonzero(self.after != self.before).tolist():
            old, new = self._pair(row, self.before), self._pair(row, self.after)
            case = self.served[row]
            yield {
                "enterprise_id": case.id,
                "village_code": case.village_code,
                "from_mentor_id": case.mentor_id,
                "to_mentor_id": new.mentor_id,
                "km_before": old.km,
                "km_after": new.km,
                "fits_before": old.fits,
                "fits_after": new.fits,
            }

    def figures(self) -> dict[str, Any]:
        """How the area stands before and after."""
        rooms = {hand.id: max(1, hand.room) for hand in self.workers}
        before, after = (
            balance_of((self._pair(row, state) for row in range(len(self.served))), rooms)
            for state in (self.before, self.after)
        )
        return figures(before, after, moved=int((self.after != self.before).sum()))

    def _pair(self, row: int, state: Ints) -> Pair:
        mentor = int(state[row])
        if mentor == NOBODY:
            return Pair(mentor_id=None, km=None, fits=False)
        km = float(self.km[row, mentor])
        return Pair(
            mentor_id=self.workers[mentor].id,
            km=None if np.isnan(km) else round(km, 1),
            fits=bool(self.fits[row, mentor]),
        )
