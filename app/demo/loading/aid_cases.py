"""Aid with tools: from the request through the gates to the checks, as far as time went."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.aid.models import AidCase, AidStep, GateFinding
from app.aid.rules.steps import CHECK_DAYS, STEPS
from app.aid.rules.use import AID_THERAPY, result_of
from app.demo.invention.aid import CANCELS, FINDINGS_AT_GATES, REFUSALS, TOOLS, ToolKind
from app.demo.invention.sayings import RESULT_NOTES
from app.demo.loading.desk import Desk
from app.demo.loading.shelf import at_work, key_at
from app.demo.loading.tools import (
    HANDOVER,
    TOOL,
    check_row,
    keep_checks,
    keep_holding,
    old_tool,
    tool_row,
)
from app.demo.loading.treatment import INTERVENTION, proposed_row
from app.demo.questionnaire import SECTORS
from app.interventions.rules import current_catalogue
from app.interventions.rules.states import APPROVED, CANCELLED, DONE, REFUSED, RUNNING

CASE, STEP, FINDING = AidCase.__table__, AidStep.__table__, GateFinding.__table__
CASE_SHARE = 0.12
RECENT_SHARE, RECENT_DAYS = 0.6, 240
REFUSED_SHARE, CANCELLED_SHARE, MISSED_SHARE = 0.08, 0.05, 0.12
# Days until the next step, least and most.
_WAITING = {
    "assess": (3, 12),
    "verify": (5, 25),
    "approve": (7, 30),
    "refuse": (7, 30),
    "cancel": (7, 30),
    "hand_over": (14, 50),
    "install": (1, 8),
    "use": (1, 6),
    "finish": (3, 15),
}
_BY_OFFICER = frozenset({"verify", "approve", "refuse", "hand_over", "finish"})


@dataclass(slots=True)
class _Told:
    """The steps of one case that have happened, with their days."""

    state: str
    days: dict[str, date] = field(default_factory=dict)


def aid_of(desk: Desk) -> bool:
    """The aid of an enterprise with equipment, if it has one; gives whether its therapy is open."""
    chance, people, row = desk.chance("aid"), desk.world.people, desk.subject.row
    kinds = TOOLS[SECTORS[int(people.sector[row])]]
    if not desk.found or not people.has_equipment[row]:
        return False
    fit = [one for one, _ in desk.found if one.final_class not in (None, "sakit")]
    if chance.random() >= CASE_SHARE or not fit:
        old_tool(desk, chance.choice(kinds))
        return False
    return _Case(desk, chance, chance.choice(kinds), chance.choice(fit).assessed_on).tell()


class _Case:
    """Tells one aid into rows."""

    def __init__(self, desk: Desk, chance: Random, kind: ToolKind, assessed_on: date) -> None:
        self.desk, self.chance, self.kind = desk, chance, kind
        last_on = desk.world.last_on
        self.one = desk.rated_on(assessed_on)[0]
        asked_on = assessed_on + timedelta(days=chance.randrange(1, 20))
        if chance.random() < RECENT_SHARE:
            asked_on = max(asked_on, last_on - timedelta(days=chance.randrange(1, RECENT_DAYS)))
        self.asked_on = min(asked_on, last_on)
        self.told = _Told("usul", {"request": self.asked_on})
        self.tool: dict[str, Any] = {}

    def tell(self) -> bool:
        """Put the rows down; gives whether the therapy is approved or running."""
        self._walk()
        if "hand_over" in self.told.days:
            self._check_up()
        therapy = self._therapy()
        asked_at = at_work(self.chance, self.asked_on)
        key = key_at(self.chance, asked_at)
        self._rows(key, therapy["id"])
        self.desk.shelf.add(INTERVENTION, therapy)
        return therapy["state"] in (APPROVED, RUNNING)

    def _walk(self) -> None:
        """One step after the other until the aid ends, or today comes."""
        chance = self.chance
        end = "approve"
        draw = chance.random()
        if draw < REFUSED_SHARE + CANCELLED_SHARE:
            end = "refuse" if draw < REFUSED_SHARE else "cancel"
        after = ("hand_over", "install", "use") if end == "approve" else ()
        day = self.asked_on
        for step in ("assess", "verify", end, *after):
            day += timedelta(days=chance.randint(*_WAITING[step]))
            if not self._take(step, day):
                return

    def _take(self, step: str, day: date) -> bool:
        if day > self.desk.world.last_on:
            return False
        self.told.state = STEPS[step][1]
        self.told.days[step] = day
        return True

    def _check_up(self) -> None:
        """The tool with its checks on day 30, 90 and 180."""
        desk, chance = self.desk, self.chance
        handed_on = self.told.days["hand_over"]
        tool = self.tool = tool_row(desk.subject, self.kind, chance, held_from=handed_on)
        checks = []
        for number in CHECK_DAYS if "use" in self.told.days else ():
            day = handed_on + timedelta(days=number + chance.randrange(0, 6))
            if day > desk.world.last_on or chance.random() < MISSED_SHARE:
                continue
            self._take(f"check_{number}", max(day, self.told.days["use"]))
            checks.append(check_row(desk, tool, day, chance, check_day=number))
        keep_checks(desk, tool, checks)
        if "check_180" in self.told.days:
            wait = timedelta(days=chance.randint(*_WAITING["finish"]))
            self._take("finish", self.told.days["check_180"] + wait)

    def _therapy(self) -> dict[str, Any]:
        """The therapy in the plan, as far as the aid came."""
        desk, days = self.desk, self.told.days
        therapy = current_catalogue().therapies[AID_THERAPY]
        proposed_at = at_work(self.chance, self.asked_on)
        row = proposed_row(
            therapy,
            self.one,
            key=key_at(self.chance, proposed_at),
            enterprise_id=desk.subject.enterprise_id,
            proposed_by=desk.mentor,
            proposed_at=proposed_at,
        )
        row |= {"cost": self.kind.value, "funding_source": "apbd_kabupaten"}
        self._plan("proposed", row, self.asked_on, desk.mentor)
        if "approve" in days:
            self._decided(row, days["approve"])
            row |= {
                "state": APPROVED,
                "gates_confirmed": list(therapy.gates),
                "responsible_id": desk.mentor,
                "due_on": days["approve"] + timedelta(days=90),
            }
            self._plan("approved", row, days["approve"], desk.officer)
        if "hand_over" in days:
            row |= {"state": RUNNING, "started_on": days["hand_over"], "version": 3}
            self._plan("started", row, days["hand_over"], desk.officer)
        self._ended(row)
        return row

    def _decided(self, row: dict[str, Any], day: date) -> None:
        at = at_work(self.chance, day)
        row |= {"decided_by": self.desk.officer, "decided_at": at, "version": 2}

    def _ended(self, row: dict[str, Any]) -> None:
        desk, days = self.desk, self.told.days
        if "refuse" in days:
            self._decided(row, days["refuse"])
            row |= {"state": REFUSED, "decision_reason": self._reason("refuse")}
            self._plan("refused", row, days["refuse"], desk.officer)
        elif "cancel" in days:
            ended = {"closed_on": days["cancel"], "closed_by": desk.mentor, "version": 2}
            row |= {"state": CANCELLED, "decision_reason": self._reason("cancel"), **ended}
            self._plan("cancelled", row, days["cancel"], desk.mentor)
        elif "finish" in days:
            result = result_of(self.tool["days_used"], self.tool["condition"])
            row |= {
                "state": DONE,
                "closed_on": days["finish"],
                "closed_by": desk.officer,
                "result": result,
                "result_note": RESULT_NOTES[result][0],
                "spent": self.tool["value"],
                "spent_reason": "Harga alat naik" if self.tool["value"] > row["cost"] else None,
                "version": 4,
            }
            self._plan("closed", row, days["finish"], desk.officer)

    def _reason(self, step: str) -> str:
        """Why it was refused or cancelled; the same wherever it is told."""
        reasons = REFUSALS if step == "refuse" else CANCELS
        return reasons[self.desk.subject.row % len(reasons)]

    def _rows(self, key: UUID, therapy_id: UUID) -> None:
        desk, days = self.desk, self.told.days
        steps = [self._step(key, step, day) for step, day in days.items()]
        approved = next((one for one in steps if one["step"] == "approve"), None)
        desk.shelf.add(
            CASE,
            {
                "id": key,
                "enterprise_id": desk.subject.enterprise_id,
                "intervention_id": therapy_id,
                "tool_name": self.kind.name,
                "need": self.kind.need,
                "estimated_value": self.kind.value,
                "funding_source": "apbd_kabupaten",
                "units_before": None,
                "sales_before": None,
                "state": self.told.state,
                "last_step_on": max(days.values()),
                "requested_by": desk.mentor,
                "requested_at": steps[0]["acted_at"],
                "approved_by": desk.officer if approved else None,
                "approved_at": approved["acted_at"] if approved else None,
                "handed_over_on": days.get("hand_over"),
                "version": len(steps),
            },
        )
        if "assess" in days:
            self._gates(key, days["assess"])
        if self.tool:
            self._hand_over(key, days["hand_over"])

    def _step(self, key: UUID, step: str, day: date) -> dict[str, Any]:
        """A step with its line of history."""
        desk, acted_at = self.desk, at_work(self.chance, day)
        by = desk.officer if step in _BY_OFFICER else desk.mentor
        state = "usul" if step == "request" else STEPS[step][1]
        note = {"request": self.kind.need, "assess": "Semua syarat terpenuhi."}.get(step, "")
        if step in ("refuse", "cancel"):
            note = self._reason(step)
        row = {
            "id": key_at(self.chance, acted_at),
            "case_id": key,
            "state": state,
            "step": step,
            "acted_by": by,
            "acted_at": acted_at,
            "happened_on": day,
            "note": note,
            "document": self._document(day) if step == "hand_over" else "",
            "photo_id": None,
        }
        desk.shelf.add(STEP, row)
        changes = {"tool": [None, self.kind.name], "state": [None, state]}
        desk.note(
            f"aid.{step}", ("aid", key), at=acted_at, by=by, changes=changes, note=note or None
        )
        return row

    def _gates(self, key: UUID, day: date) -> None:
        for gate, (reason, evidence) in FINDINGS_AT_GATES.items():
            self.desk.shelf.add(
                FINDING,
                {
                    "case_id": key,
                    "gate": gate,
                    "is_met": True,
                    "reason": reason,
                    "evidence": evidence,
                    "found_by": self.desk.mentor,
                    "found_at": at_work(self.chance, day),
                },
            )

    def _number(self) -> int:
        """The number of the paper: no two enterprises have the same row."""
        return self.desk.subject.row + 1

    def _document(self, day: date) -> str:
        regency = self.desk.subject.village_code[:5]
        return f"BAST/{self._number():03d}/{regency}/{day.year}"

    def _hand_over(self, key: UUID, day: date) -> None:
        """The paper of the handover, and the tool with its holder."""
        desk, tool, chance = self.desk, self.tool, self.chance
        recorded_at = at_work(chance, day)
        paper_id = key_at(chance, recorded_at)
        paper = {
            "id": paper_id,
            "area_code": desk.subject.village_code[:5],
            "year": day.year,
            "number": self._number(),
            "kind": "penyerahan",
            "case_id": key,
            "enterprise_id": desk.subject.enterprise_id,
            "handed_on": day,
            "giver_name": desk.officer_name,
            "giver_post": "Petugas Disnaker",
            "receiver_name": desk.subject.owner_called,
            "receiver_post": "Pemilik usaha",
            "witness_name": "",
            "place": "Balai desa",
            "note": "",
            "photo_id": None,
            "recorded_by": desk.officer,
            "recorded_at": recorded_at,
        }
        desk.shelf.add(HANDOVER, paper)
        tool |= {"case_id": key, "funding_source": "apbd_kabupaten", "place": "Tempat usaha"}
        desk.shelf.add(TOOL, tool)
        keep_holding(desk.shelf, tool, chance, from_on=day, handover_id=paper_id)

    def _plan(self, step: str, row: dict[str, Any], day: date, by: UUID) -> None:
        """A line of history of the therapy."""
        name = current_catalogue().therapies[AID_THERAPY].name
        self.desk.note(
            f"intervention.{step}",
            ("intervention", row["id"]),
            at=at_work(self.chance, day),
            by=by,
            changes={"therapy": [None, name]},
        )
