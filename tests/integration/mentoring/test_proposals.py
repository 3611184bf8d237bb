"""A proposal from asking to taking: computed in a job, taken in part, refused line by line."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.core.errors import InvalidInput, NotFound
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.jobs import run_pending
from app.mentoring.jobs import propose
from app.mentoring.models import AssignmentProposal, Mentor, ProposalLine
from app.mentoring.services import hand_over, take_lines
from app.mentoring.services.proposals import Taken
from tests.factories.enterprises import VILLAGE

BANYUMAS = Scope(account_id=None, areas=("33.02",))


def based(mentor_id: UUID, lat: float, lng: float = 109.2) -> None:
    with transaction():
        mentor = db.session.get_one(Mentor, mentor_id)
        mentor.base_lat, mentor.base_lng = lat, lng


@pytest.fixture
def crowded(factories):
    """One mentor far away with three enterprises, one nearby with none; and one of nobody's."""
    far = factories.mentor(name="Jauh", capacity=4).account_id
    near = factories.mentor(name="Dekat", capacity=4).account_id
    rows = [factories.enterprise(name=f"Usaha {n}", lat=-7.5, lng=109.2) for n in range(4)]
    ids = [row.id for row in rows]
    factories.assigned(far, *rows[:3])
    based(far, -7.9)
    based(near, -7.51)
    return far, near, ids


def proposed(client) -> UUID:
    answer = client.post("/penugasan/usulan", data={"wilayah": "33.02"})
    assert answer.status_code == 303
    assert answer.location.startswith("/pekerjaan/")
    run_pending()
    db.session.rollback()
    return db.session.scalars(
        select(AssignmentProposal.id).order_by(AssignmentProposal.created_at.desc())
    ).first()


def lines(proposal_id: UUID) -> list[ProposalLine]:
    return list(
        db.session.scalars(
            select(ProposalLine)
            .where(ProposalLine.proposal_id == proposal_id)
            .order_by(ProposalLine.id)
        )
    )


def taken(proposal_id: UUID, *, by: UUID, line_ids=(), villages=(), scope=None) -> Taken:
    with transaction():
        return take_lines(
            scope=scope or everywhere(),
            proposal_id=proposal_id,
            line_ids=line_ids,
            villages=villages,
            by=by,
        )


def test_the_job_proposes_the_nearer_mentor_and_says_what_changes(crowded, officer_client):
    far, near, ids = crowded

    proposal_id = proposed(officer_client)
    page = officer_client.get(f"/penugasan/usulan/{proposal_id}").text

    found = lines(proposal_id)
    assert {one.enterprise_id for one in found} == set(ids)
    assert {one.to_mentor_id for one in found} == {near}
    assert {one.from_mentor_id for one in found} == {far, None}
    assert db.session.get_one(Enterprise, ids[0]).mentor_id == far
    assert "Usaha tanpa pendamping" in page
    assert "4 usaha diusulkan pindah" in page


def test_a_whole_village_is_taken_at_once(crowded, officer_client):
    _, near, ids = crowded
    proposal_id = proposed(officer_client)

    answer = officer_client.post(f"/penugasan/usulan/{proposal_id}/terima", data={"desa": VILLAGE})

    assert answer.status_code == 303
    db.session.rollback()
    assert {db.session.get_one(Enterprise, one).mentor_id for one in ids} == {near}
    assert {one.state for one in lines(proposal_id)} == {"diterima"}


def test_one_line_is_taken_and_the_others_stay_open(crowded, officer_client):
    far, near, ids = crowded
    proposal_id = proposed(officer_client)
    first = lines(proposal_id)[0]
    line_id, enterprise_id = first.id, first.enterprise_id

    officer_client.post(f"/penugasan/usulan/{proposal_id}/terima", data={"baris": str(line_id)})

    db.session.rollback()
    assert db.session.get_one(Enterprise, enterprise_id).mentor_id == near
    assert sorted(one.state for one in lines(proposal_id)) == [
        "diterima", "diusulkan", "diusulkan", "diusulkan",
    ]  # fmt: skip
    assert far in {db.session.get_one(Enterprise, one).mentor_id for one in ids}


def test_a_line_is_refused_when_the_mentor_changed_meanwhile(crowded, officer_client, factories):
    _, near, ids = crowded
    proposal_id = proposed(officer_client)
    third = factories.mentor(name="Ketiga").account_id
    factories.assigned(third, db.session.get_one(Enterprise, ids[0]))

    found = taken(proposal_id, by=officer_client.account_id, villages=[VILLAGE])
    page = officer_client.get(f"/penugasan/usulan/{proposal_id}").text

    assert (found.moved, found.stale) == (3, 1)
    assert db.session.get_one(Enterprise, ids[0]).mentor_id == third
    assert db.session.get_one(Enterprise, ids[1]).mentor_id == near
    assert "sudah berganti sejak usulan dibuat" in page


def test_lines_are_refused_when_the_proposed_mentor_left(crowded, officer_client):
    _, near, ids = crowded
    proposal_id = proposed(officer_client)
    with transaction():
        hand_over(
            scope=everywhere(), mentor_id=near, targets={}, last_on=local_today(),
            reason="Pindah", is_leaving=True, by=None,
        )  # fmt: skip

    found = taken(proposal_id, by=officer_client.account_id, villages=[VILLAGE])

    assert (found.moved, found.stale) == (0, 4)
    assert {one.refusal for one in lines(proposal_id)} == {
        "Pendamping yang diusulkan sudah tidak bertugas."
    }
    assert near not in {db.session.get_one(Enterprise, one).mentor_id for one in ids}


def test_a_line_is_refused_when_the_enterprise_rests(crowded, officer_client):
    _, _, ids = crowded
    proposal_id = proposed(officer_client)
    with transaction():
        db.session.get_one(Enterprise, ids[3]).life_cycle = "tutup"

    found = taken(proposal_id, by=officer_client.account_id, villages=[VILLAGE])

    assert (found.moved, found.stale) == (3, 1)


def test_what_finds_no_room_stays_open_with_the_reason(crowded, officer_client, factories):
    _, near, _ = crowded
    proposal_id = proposed(officer_client)
    factories.assigned(near, *[factories.enterprise() for _ in range(3)])

    found = taken(proposal_id, by=officer_client.account_id, villages=[VILLAGE])

    assert (found.moved, found.full) == (1, 3)
    still_open = [one for one in lines(proposal_id) if one.state == "diusulkan"]
    assert len(still_open) == 3
    assert all("penuh" in one.refusal for one in still_open)


def test_taking_the_same_again_moves_nothing(crowded, officer_client):
    proposal_id = proposed(officer_client)
    taken(proposal_id, by=officer_client.account_id, villages=[VILLAGE])

    with pytest.raises(InvalidInput):
        taken(proposal_id, by=officer_client.account_id, villages=[VILLAGE])


def test_enterprises_of_a_mentor_from_elsewhere_are_left_alone(factories, officer_client):
    stranger = factories.mentor(area="52.03", village_code="52.03.01.2001").account_id
    factories.mentor(name="Dekat")
    factories.assigned(stranger, factories.enterprise())

    proposal_id = proposed(officer_client)

    assert lines(proposal_id) == []
    assert "tidak ada yang perlu pindah" in (
        officer_client.get(f"/penugasan/usulan/{proposal_id}").text.lower()
    )


def test_the_job_run_twice_leaves_one_set_of_lines(crowded, officer_client):
    proposal_id = proposed(officer_client)
    count = len(lines(proposal_id))

    class Quiet:
        def step(self, *_: object) -> None:
            """Nobody watches."""

    propose({"proposal_id": str(proposal_id)}, Quiet())

    assert len(lines(proposal_id)) == count


def test_an_officer_of_elsewhere_finds_no_proposal_and_takes_nothing(
    crowded, officer_client, as_role
):
    far, _, ids = crowded
    proposal_id = proposed(officer_client)
    stranger = as_role(Role.LABOUR_OFFICER, "52.03")

    for address in ("", f"/desa/{VILLAGE}"):
        own, unknown = (
            stranger.get(f"/penugasan/usulan/{one}{address}") for one in (proposal_id, new_id())
        )
        assert own.status_code == unknown.status_code == 404
    answer = stranger.post(f"/penugasan/usulan/{proposal_id}/terima", data={"desa": VILLAGE})

    assert answer.status_code == 404
    assert db.session.get_one(Enterprise, ids[0]).mentor_id == far
    with pytest.raises(NotFound):
        taken(
            proposal_id,
            by=officer_client.account_id,
            villages=[VILLAGE],
            scope=Scope(account_id=None, areas=("52.03",)),
        )


def test_nobody_asks_for_an_area_beyond_their_own(officer_client):
    assert officer_client.post("/penugasan/usulan", data={"wilayah": "52.03"}).status_code == 404
    assert officer_client.post("/penugasan/usulan", data={"wilayah": ""}).status_code == 404


@pytest.mark.parametrize("role", [Role.MENTOR, Role.VILLAGE_OFFICER])
def test_only_officers_ask_for_proposals(as_role, role):
    client = as_role(role)

    assert client.get("/penugasan/usulan/baru").status_code == 403
    assert client.post("/penugasan/usulan", data={"wilayah": "33.02"}).status_code == 403
