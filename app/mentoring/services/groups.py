"""Recording one meeting of several enterprises: a visit each, all or none."""

from __future__ import annotations

from uuid import UUID

from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.mentoring.models import Visit
from app.mentoring.rules.groups import GroupMeeting, at_line, reports_of
from app.mentoring.services.visits import record_visit


def record_group(*, scope: Scope, meeting: GroupMeeting, by: UUID) -> list[Visit]:
    """Store a visit for each enterprise of a meeting, by the rules that every visit follows.

    The same meeting again gives the visits that are stored.

    Raises:
        NotFound: one of them lies outside the scope.
        InvalidInput: nobody, too many, or a line says too little; `values["also"]` holds the rest.
        Conflict: the meeting is stored with other content.
        WrongState: an owner withdrew or restricted their data.
    """
    visits: list[Visit] = []
    refusals: list[InvalidInput] = []
    for report in reports_of(meeting):
        try:
            visits.append(record_visit(scope=scope, report=report, by=by))
        except InvalidInput as refusal:
            found = (refusal, *refusal.values.get("also", ()))
            refusals += [at_line(one, report.enterprise_id) for one in found]
    if refusals:
        unique = list({(one.field, one.message): one for one in refusals}.values())
        unique[0].values["also"] = unique[1:]
        raise unique[0]
    return visits
