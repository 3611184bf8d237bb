"""The whole story of one enterprise, told into rows."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from app.demo.invention.sayings import (
    CLOSED_REASONS,
    DORMANT_REASONS,
    LEFT_REASONS,
    REFUSED_REASONS,
)
from app.demo.loading.aid_cases import aid_of
from app.demo.loading.care import (
    ASSIGNMENT,
    PROMISE,
    VISIT,
    Call,
    Care,
    VisitBook,
    assignment_rows,
    draw_calls,
    draw_care,
)
from app.demo.loading.cash import book_of
from app.demo.loading.cast import STORY_REGENCY, Cast
from app.demo.loading.chronicle import Chronicle
from app.demo.loading.consents import CONSENT, consent_rows
from app.demo.loading.debts import debts_of
from app.demo.loading.desk import GUEST, Desk
from app.demo.loading.diagnosis import ASSESSMENT, SPAN, Rated, assessments, span_rows
from app.demo.loading.diary import diary_of
from app.demo.loading.gatherings import Guest
from app.demo.loading.goods import goods_of
from app.demo.loading.letters import letters_of
from app.demo.loading.months import SAFETY, safety_rows
from app.demo.loading.office import CHECK, check_row
from app.demo.loading.papers import papers_of
from app.demo.loading.register import ENTERPRISE, OWNER, Subject
from app.demo.loading.shelf import Shelf, at_work
from app.demo.loading.standing import Carried
from app.demo.loading.treatment import INTERVENTION, Courses, Treatment, is_active
from app.demo.loading.truth import TRUTH, truth_row
from app.demo.loading.voices import voices_of
from app.demo.simulator import CLOSED, OPEN, World
from app.enterprises.rules.consents import OTHER_OFFICE
from app.enterprises.rules.life_cycle import RESTING
from app.health.services import RECORDED
from app.interventions.rules import current_catalogue
from app.mentoring.rules import OUTCOME_LABELS
from app.mentoring.services.assignments import ASSIGNED, RELEASED
from app.mentoring.services.visits import RECORDED as VISITED

DORMANT_SHARE = 0.6
REFUSED_SHARE = 0.7
Made = tuple[Subject, dict[str, Any] | None, dict[str, Any]]


class Teller:
    """Tells the stories of a slice onto a shelf and into a chronicle."""

    def __init__(
        self,
        world: World,
        cast: Cast,
        courses: Courses,
        *,
        shelf: Shelf,
        chronicle: Chronicle,
        start: int,
    ) -> None:
        self.world, self.cast, self.courses = world, cast, courses
        self.shelf, self.chronicle = shelf, chronicle
        self.chance = Random(f"{world.seed}-story-{start}")
        self.guests: list[Guest] = []
        self.agreed: dict[UUID, date] = {}
        self.accounts: dict[UUID, UUID] = {}
        self.owners: dict[UUID, dict[str, Any]] = {}

    def tell(self, made: Made) -> None:
        """Put down everything that concerns one enterprise."""
        subject, owner_row, row = made
        if owner_row is not None:
            self._owner(owner_row, subject.village_code)
        at = subject.registered_at
        self._note(subject, "enterprise.created", ("enterprise", subject.enterprise_id), at=at)
        care = draw_care(self.world, subject, self.chance)
        found = assessments(self.world, subject, cast=self.cast, care=care, chance=self.chance)
        rated = [one for one, _ in found]
        carried = Carried(life_cycle="aktif" if rated else "terdaftar")
        self._live(subject, carried, care, rated)
        ending = self._ending(subject, rated)
        therapies = self._treat(subject, care, found)
        has_plan = any(map(is_active, therapies))
        if not has_plan and ending["life_cycle"] in ("terdaftar", "aktif"):
            ending = self._refusal(subject, care, rated) or ending
        self._end(subject, carried, ending)
        if ending["life_cycle"] == "aktif":
            has_plan = self._office(subject, care, found, therapies, row) or has_plan
        for _, assessment in found:
            self.shelf.add(ASSESSMENT, assessment)
        for span in span_rows(subject.enterprise_id, rated):
            self.shelf.add(SPAN, span)
        present = care.present
        mentor_id = self.cast.mentors[present.mentor] if present else None
        above = {"mentor_id": mentor_id, "has_plan": has_plan}
        if present and mentor_id:
            for note in safety_rows(subject.enterprise_id, mentor_id, on=present.from_on):
                self.shelf.add(SAFETY, note)
        self.shelf.add(ENTERPRISE, {**row, **carried.columns(), **ending, **above})
        self.shelf.add(TRUTH, truth_row(self.world, subject))

    def _owner(self, row: dict[str, Any], village_code: str) -> None:
        self.shelf.add(OWNER, row)
        self.owners[row["id"]] = row
        if row["account_id"] is not None:
            self.accounts[row["id"]] = row["account_id"]
        is_served = village_code.startswith(f"{STORY_REGENCY}.")
        for consent in consent_rows(row, seed=self.world.seed, is_served=is_served):
            self.shelf.add(CONSENT, consent)
            if consent["purpose"] == OTHER_OFFICE:
                self.agreed[row["id"]] = consent["given_on"]

    def _treat(
        self, subject: Subject, care: Care, found: list[tuple[Rated, dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """Therapies with their steps; gives their rows."""
        by_quarter = {one.quarter: (one, row) for one, row in found}
        mentor = self.cast.mentors[care.periods[-1].mentor]
        treatment = Treatment(
            self.world, subject, cast=self.cast, mentor=mentor, chance=self.chance
        )
        rows = []
        for course in self.courses.of(subject.row):
            rows.append(treatment.row(course, *by_quarter[course.quarter]))
            self.shelf.add(INTERVENTION, rows[-1])
        therapies = current_catalogue().therapies
        for key, code, step in treatment.steps:
            self._note(
                subject,
                step.action,
                ("intervention", key),
                at=step.at,
                by=step.by,
                changes={"therapy": [None, therapies[code].name], **step.changes},
                note=step.note,
            )
        return rows

    def _office(
        self,
        subject: Subject,
        care: Care,
        found: list[tuple[Rated, dict[str, Any]]],
        therapies: list[dict[str, Any]],
        row: dict[str, Any],
    ) -> bool:
        """What the office does for who still trades; gives whether a therapy came of it."""
        regency = subject.village_code[:5]
        mentor = self.cast.mentors[care.periods[-1].mentor]
        self.guests.append(Guest(subject, mentor))
        desk = Desk(
            world=self.world,
            subject=subject,
            mentor=mentor,
            officer=self.cast.officers[regency],
            officer_name=self.cast.officer_names[regency],
            found=found,
            shelf=self.shelf,
            therapies=therapies,
            owner_id=row["owner_id"],
            agreed_on=self.agreed.get(row["owner_id"]),
            note=partial(self._note, subject),
        )
        letters_of(desk)
        product = goods_of(desk, row["product_line"])
        if product is not None:
            papers_of(desk, product)
        if not book_of(desk, owner_account=self.accounts.get(row["owner_id"])):
            diary_of(desk)
        debts_of(desk)
        # Each owner is asked once, by their first enterprise.
        voices_of(desk, self.owners.pop(row["owner_id"], None), note=self.chronicle.note)
        return aid_of(desk)

    def _live(self, subject: Subject, carried: Carried, care: Care, rated: list[Rated]) -> None:
        """Assignments, visits and assessments in the order of their days."""
        assessed = {one.quarter: one.assessed_on for one in rated}
        calls = draw_calls(self.world, subject, care, assessed, self.chance)
        book = VisitBook(self.world, subject, self.cast, self.chance)
        self._assign(subject, care)
        events: list[tuple[date, int, Any]] = [
            *((period.from_on, 0, period) for period in care.periods),
            *((call.day, 1, call) for call in calls),
            *((one.assessed_on, 2, one) for one in rated),
        ]
        for day, kind, event in sorted(events, key=lambda entry: entry[:2]):
            if kind == 0:
                carried.assigned(day)
            elif kind == 1:
                self._visit(subject, carried, book, event)
            else:
                before = carried.standing.health_class, carried.standing.health_score
                carried.assessed(event)
                self._note_assessment(subject, before, carried, event)
        for promise in book.promises:
            self.shelf.add(PROMISE, promise)

    def _assign(self, subject: Subject, care: Care) -> None:
        about = ("enterprise", subject.enterprise_id)
        before: str | None = None
        for row, period in zip(
            assignment_rows(subject, care, cast=self.cast, chance=self.chance),
            care.periods,
            strict=True,
        ):
            self.shelf.add(ASSIGNMENT, row)
            name = self.cast.mentor_names[period.mentor]
            self._note(
                subject,
                ASSIGNED,
                about,
                at=at_work(self.chance, period.from_on),
                changes={"mentor": [before, name]},
                note=row["reason"] or None,
            )
            before = name
        until_on = care.periods[-1].until_on
        if until_on is not None:
            at = at_work(self.chance, until_on)
            self._note(subject, RELEASED, about, at=at, changes={"mentor": [before, None]})

    def _visit(self, subject: Subject, carried: Carried, book: VisitBook, call: Call) -> None:
        due_on = carried.due_after(call)
        row = book.visit_row(
            call,
            health_class=carried.standing.health_class,
            next_on=due_on if call.was_met else None,
        )
        carried.visited(call)
        self.shelf.add(VISIT, row)
        officer = self.cast.officers[subject.village_code[:5]]
        check = check_row(row, subject, officer=officer, last_on=self.world.last_on)
        self.shelf.add(CHECK, check)
        self._note(
            subject,
            VISITED,
            ("visit", row["id"]),
            at=row["received_at"],
            by=row["mentor_id"],
            changes={
                "outcome": [None, OUTCOME_LABELS[row["outcome"]]],
                "visited_on": [None, call.day.isoformat()],
                "next_visit_due_on": [None, due_on.isoformat() if due_on else None],
            },
            note=row["reason"],
        )

    def _note_assessment(
        self,
        subject: Subject,
        before: tuple[str | None, int | None],
        carried: Carried,
        one: Rated,
    ) -> None:
        class_before, score_before = before
        self._note(
            subject,
            RECORDED,
            ("assessment", one.id),
            at=at_work(self.chance, one.assessed_on),
            by=one.by,
            changes={
                "health_class": [class_before, carried.standing.health_class],
                "score": [score_before, one.score],
                "assessed_on": [None, one.assessed_on.isoformat()],
                "status": [None, one.status],
            },
        )

    def _ending(self, subject: Subject, rated: list[Rated]) -> dict[str, Any]:
        """Life cycle with its day and reason."""
        chance, end = self.chance, int(self.world.end[subject.row])
        if end != OPEN and subject.ended_on is not None:
            name = "tutup" if end == CLOSED else "berangkat_lagi"
            reason = chance.choice(CLOSED_REASONS if end == CLOSED else LEFT_REASONS)
            return _life(name, subject.ended_on, reason)
        if not rated:
            return _life("terdaftar", subject.registered_on, None)
        last = rated[-1]
        raw = self.world.rounds[last.quarter].readings
        silent = int(raw.days_since_last_sale[subject.row]) > 60
        if silent and chance.random() < DORMANT_SHARE:
            return _life("tidak_aktif", last.assessed_on, chance.choice(DORMANT_REASONS))
        return _life("aktif", rated[0].assessed_on, None)

    def _refusal(self, subject: Subject, care: Care, rated: list[Rated]) -> dict[str, Any] | None:
        """Some of those that have no mentor any more had told theirs that they want none."""
        left_on = care.periods[-1].until_on
        if left_on is None or (rated and rated[-1].assessed_on > left_on):
            return None
        # From a stream of its own: everything else stays as it was drawn before.
        chance = Random(f"{self.world.seed}-refusal-{subject.row}")
        if chance.random() >= REFUSED_SHARE:
            return None
        return _life("menolak_didata", left_on, chance.choice(REFUSED_REASONS))

    def _end(self, subject: Subject, carried: Carried, ending: dict[str, Any]) -> None:
        name, day = ending["life_cycle"], ending["life_cycle_on"]
        if name in ("terdaftar", "aktif"):
            return
        if name in RESTING:
            carried.ended(name)
        self._note(
            subject,
            "enterprise.life_cycle_changed",
            ("enterprise", subject.enterprise_id),
            at=at_work(self.chance, day),
            changes={
                "life_cycle": ["aktif", name],
                "life_cycle_reason": [None, ending["life_cycle_reason"]],
                "life_cycle_on": [subject.registered_on.isoformat(), day.isoformat()],
            },
        )

    def _note(
        self,
        subject: Subject,
        action: str,
        about: tuple[str, Any],
        *,
        at: datetime,
        by: Any = None,
        changes: dict[str, Any] | None = None,
        note: str | None = None,
    ) -> None:
        self.chronicle.note(
            action,
            about,
            at=at,
            by=None if by is GUEST else by or self.cast.officers[subject.village_code[:5]],
            enterprise_id=subject.enterprise_id,
            area_code=subject.village_code,
            changes=changes,
            note=note,
        )


def _life(name: str, day: date, reason: str | None) -> dict[str, Any]:
    return {"life_cycle": name, "life_cycle_on": day, "life_cycle_reason": reason}
