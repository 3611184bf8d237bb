"""What people do that changes the cards of enterprises, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.clock import local_today, utc_now
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.decrees import services as decrees
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.consents import BASE
from app.enterprises.rules.facts import EnterpriseFacts, OwnerFacts, stated
from app.enterprises.services.consents import withdraw_consent
from app.enterprises.services.enterprises import change_life_cycle, update_enterprise
from app.enterprises.services.owners import update_owner
from app.interventions.models import Intervention
from app.interventions.services import deciding, delivering, proposing
from app.mentoring.models import Promise
from app.mentoring.rules import NewPromise
from app.mentoring.services import end_assignment
from app.mentoring.services.handover import hand_over
from app.mentoring.services.promises import say_done
from app.quality.services import merging, undoing
from app.rights.services import erasing, requests
from app.trainings.models import TrainingSession
from app.trainings.services import mark_list, see_practice
from tests.factories.enterprises import VILLAGE

TODAY = local_today()


@dataclass
class World:
    """Two enterprises of one owner, one of another, and who works with them."""

    factories: Any
    officer: UUID
    mentor: UUID
    other_mentor: UUID
    first: UUID
    second: UUID
    double: UUID
    merger: UUID | None = None

    def row(self, key: UUID | None = None) -> Enterprise:
        """One of the enterprises as it is now."""
        db.session.rollback()
        return db.session.get_one(Enterprise, key or self.first)


def enterprise_saved(world: World, **changed: Any) -> None:
    row = world.row()
    names = stated(EnterpriseFacts(name="", village_code=""))
    facts = {name: getattr(row, name) for name in names}
    facts["season_months"] = tuple(row.season_months)
    version = row.version
    with transaction():
        update_enterprise(
            scope=everywhere(),
            areas=("",),
            enterprise_id=world.first,
            facts=replace(EnterpriseFacts(**facts), **changed),
            version=version,
            confirmed=("similar_name", "phone_shared"),
            by=world.officer,
        )


def owner_saved(world: World, **changed: Any) -> None:
    owner = db.session.get_one(Owner, world.row().owner_id)
    known = {"name": owner.name, "sex": owner.sex, "phone": owner.phone, "category": owner.category}
    key, version = owner.id, owner.version
    with transaction():
        update_owner(
            scope=everywhere(),
            owner_id=key,
            facts=OwnerFacts(**{**known, **changed}),
            version=version,
            by=world.officer,
        )


def life_cycle_changed(world: World) -> None:
    with transaction():
        change_life_cycle(
            scope=everywhere(),
            enterprise_id=world.first,
            life_cycle="tidak_aktif",
            reason="panen gagal",
            by=world.officer,
        )


def assessed(world: World) -> None:
    world.factories.assessment(enterprise=world.row(), health_class="sakit")


def therapy(world: World) -> Intervention:
    db.session.rollback()
    return db.session.scalars(
        select(Intervention)
        .where(Intervention.enterprise_id == world.first)
        .order_by(Intervention.state != "berjalan", Intervention.state != "disetujui")
        .limit(1)
    ).one()


def therapy_approved(world: World) -> None:
    with transaction():
        proposing.propose_from_assessment(
            enterprise_id=world.first, scope=everywhere(), by=world.officer
        )
    row = therapy(world)
    with transaction():
        deciding.approve(
            intervention_id=row.id,
            version=row.version,
            details=proposing.Details(responsible_id=world.officer, due_on=TODAY),
            gates_checked=True,
            scope=everywhere(),
            by=world.officer,
        )


def therapy_changed(world: World) -> None:
    row = therapy(world)
    with transaction():
        deciding.change(
            intervention_id=row.id,
            version=row.version,
            details=proposing.Details(
                responsible_id=world.officer, due_on=TODAY + timedelta(days=5)
            ),
            scope=everywhere(),
            by=world.officer,
        )


def therapy_started(world: World) -> None:
    row = therapy(world)
    with transaction():
        delivering.start(
            intervention_id=row.id, version=row.version, scope=everywhere(), by=world.officer
        )


def therapy_closed(world: World) -> None:
    row = therapy(world)
    with transaction():
        delivering.close(
            intervention_id=row.id,
            version=row.version,
            result="berhasil",
            result_note="Selesai.",
            closed_on=TODAY,
            scope=everywhere(),
            by=world.officer,
        )


def visited_with_promise(world: World) -> None:
    made = (NewPromise(text="Urus NIB", due_on=TODAY + timedelta(days=7)),)
    day = TODAY - timedelta(days=1)
    world.factories.visit(world.row(), world.mentor, promises=made, visited_on=day)


def owner_says_done(world: World, *, is_done: bool = True) -> None:
    db.session.rollback()
    made = select(Promise.id).where(Promise.enterprise_id == world.first)
    promise_id = db.session.scalars(made).one()
    with transaction():
        say_done(scope=everywhere(), promise_id=promise_id, is_done=is_done, by=world.mentor)


def owner_says_not_done(world: World) -> None:
    owner_says_done(world, is_done=False)


def promise_settled(world: World) -> None:
    db.session.rollback()
    made = select(Promise.id).where(Promise.enterprise_id == world.first)
    settled = {db.session.scalars(made).one(): "ditepati"}
    world.factories.visit(world.row(), world.mentor, settled=settled)


def taught(world: World) -> None:
    officer = world.factories.account(role=Role.LABOUR_OFFICER)
    world.factories.training(officer, world.row())


def training() -> UUID:
    db.session.rollback()
    return db.session.scalars(select(TrainingSession.id)).one()


def practice_seen(world: World) -> None:
    key = training()
    with transaction():
        see_practice(
            session_id=key,
            enterprise_id=world.first,
            state="diterapkan",
            scope=everywhere(),
            by=world.mentor,
        )


def on_the_list(world: World, present: list[UUID]) -> None:
    key = training()
    with transaction():
        mark_list(
            session_id=key,
            shown=[world.second],
            present=present,
            scope=everywhere(),
            by=world.officer,
        )


def put_on_the_list(world: World) -> None:
    on_the_list(world, [world.second])


def taken_off_the_list(world: World) -> None:
    on_the_list(world, [])


def passed_on(world: World) -> None:
    world.factories.assigned(world.other_mentor, world.row())


def handed_over(world: World) -> None:
    with transaction():
        hand_over(
            scope=everywhere(),
            mentor_id=world.mentor,
            targets={VILLAGE: world.other_mentor},
            last_on=TODAY,
            reason="pindah tugas",
            is_leaving=False,
            by=world.officer,
        )


def released(world: World) -> None:
    with transaction():
        end_assignment(
            scope=everywhere(),
            enterprise_id=world.second,
            until_on=TODAY,
            reason="selesai",
            by=world.officer,
        )


def moved_by_decree(world: World) -> None:
    with transaction():
        made = decrees.draft_decree(
            number="Perda 9/2026",
            decided_on=TODAY - timedelta(days=1),
            source="Lembaran Daerah",
            by=None,
            lines=f"{VILLAGE}; 33.02.04.2098; Losari Anyar",
        )
        key = made.id
    with transaction():
        decrees.apply_decree(decree_id=key, by=None)


def merged(world: World) -> None:
    kept, gone = world.row(world.first), world.row(world.double)
    versions = (kept.version, gone.version)
    with transaction():
        made = merging.merge(
            scope=everywhere(),
            kept_id=world.first,
            gone_id=world.double,
            versions=versions,
            picks={"name": "gone"},
            owner_picks={"name": "gone", "phone": "gone"},
            by=world.officer,
        )
        world.merger = made.id


def unmerged(world: World) -> None:
    assert world.merger is not None
    with transaction():
        undoing.undo(scope=everywhere(), merger_id=world.merger, by=world.officer)


def withdrawn(world: World) -> None:
    key = world.row(world.double).owner_id
    with transaction():
        withdraw_consent(
            scope=everywhere(),
            owner_id=key,
            purpose_key=BASE,
            withdrawn_on=TODAY,
            reason=None,
            by=world.officer,
        )


def asked_for(world: World, kind: str) -> None:
    key = world.row().owner_id
    with transaction():
        made = requests.record_request(
            scope=everywhere(),
            owner_id=key,
            kind=kind,
            came_by="langsung",
            identity_check="KTP dilihat",
            detail=None,
            received_at=utc_now(),
            by=world.officer,
        )
        request_id = made.id
    with transaction():
        requests.fulfil(
            scope=everywhere(), request_id=request_id, answer="Dilakukan.", by=world.officer
        )


def restricted(world: World) -> None:
    asked_for(world, "pembatasan")


def freed(world: World) -> None:
    key = world.row().owner_id
    with transaction():
        requests.lift_restriction(scope=everywhere(), owner_id=key, by=world.officer)


def erased(world: World) -> None:
    key = world.row().owner_id
    with transaction():
        erasing.erase(owner_id=key, by=world.officer)


def same_saved_again(world: World) -> None:
    enterprise_saved(world)
    owner_saved(world)


# In an order in which each is possible.
WALK: tuple[Callable[[World], None], ...] = (
    lambda world: enterprise_saved(world, product_line="Keripik singkong", lat=-7.5, lng=109.1),
    lambda world: enterprise_saved(world, hamlet="Karang", is_seasonal=True, season_months=(3,)),
    lambda world: owner_saved(world, name="Tarsiah Wati", phone="081255501234"),
    same_saved_again,
    assessed,
    therapy_approved,
    therapy_changed,
    therapy_started,
    therapy_closed,
    visited_with_promise,
    owner_says_done,
    owner_says_not_done,
    promise_settled,
    taught,
    practice_seen,
    put_on_the_list,
    taken_off_the_list,
    passed_on,
    handed_over,
    released,
    merged,
    unmerged,
    moved_by_decree,
    life_cycle_changed,
    withdrawn,
    restricted,
    freed,
    erased,
)
