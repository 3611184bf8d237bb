"""The report of a meeting of several enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length

from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.ids import new_id
from app.mentoring.forms.visits import TimeField
from app.mentoring.queries.groups import GroupCandidate
from app.mentoring.rules import MEETING_PLACES
from app.mentoring.rules.groups import GroupLine, GroupMeeting
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    NoteField,
    TextField,
    WholeNumberField,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFields:
    """The fields of one enterprise on the page."""

    candidate: GroupCandidate
    is_met: Any
    met_with: Any
    findings: Any


class GroupForm(BaseForm):
    """When and where; the lines of the enterprises are added by `group_form`."""

    meeting_id = HiddenField()
    visited_on = DateField("Tanggal pertemuan", [InputRequired()])
    visited_time = TimeField("Jam mulai", [InputRequired()], description="Contoh: 09.30")
    minutes = WholeNumberField(
        "Lama pertemuan", min=1, max=600, suffix="menit", description="Dibagi rata per usaha"
    )
    place_kind = ChoiceField("Tempat bertemu", [InputRequired()], choices=MEETING_PLACES)

    candidates: Sequence[GroupCandidate]

    def lines(self) -> list[GroupFields]:
        """Each enterprise with its fields."""
        return [
            GroupFields(
                candidate=one,
                is_met=self[f"is_met_{one.enterprise_id.hex}"],
                met_with=self[f"met_with_{one.enterprise_id.hex}"],
                findings=self[f"findings_{one.enterprise_id.hex}"],
            )
            for one in self.candidates
        ]

    def fill_new(self) -> None:
        """Begin a report: now, under a number of its own."""
        self.meeting_id.data = str(new_id())
        self.visited_on.show(local_today())
        self.visited_time.show(utc_now().astimezone(LOCAL_ZONE).time())

    def meeting(self) -> GroupMeeting:
        """What was reported, typed. Only for a form that was validated."""
        values = self.values()
        return GroupMeeting(
            id=_id_of(values["meeting_id"]),
            visited_on=values["visited_on"],
            started_at=datetime.combine(values["visited_on"], values["visited_time"], LOCAL_ZONE),
            duration_minutes=values["minutes"],
            place_kind=values["place_kind"],
            lines=tuple(
                GroupLine(
                    enterprise_id=one.candidate.enterprise_id,
                    met_with=one.met_with.data or "",
                    findings=one.findings.data or "",
                )
                for one in self.lines()
                if one.is_met.data
            ),
        )


def group_form(candidates: Sequence[GroupCandidate]) -> type[GroupForm]:
    """The form with a line for each enterprise; those who came to the session are ticked."""
    fields: dict[str, Any] = {"candidates": tuple(candidates)}
    for one in candidates:
        key = one.enterprise_id.hex
        fields[f"is_met_{key}"] = BooleanField(one.name, default=one.is_ticked)
        fields[f"met_with_{key}"] = TextField(
            "Siapa yang ditemui", [Length(max=120)], default=one.owner_name
        )
        fields[f"findings_{key}"] = NoteField("Keadaan usaha", [Length(max=4000)])
    return type("GroupFormWithLines", (GroupForm,), fields)


def _id_of(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()
