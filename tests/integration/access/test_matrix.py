"""Every route, every role, the objects of another area: never a byte of them."""

from __future__ import annotations

import importlib

import pytest
import sqlalchemy as sa

from app.accounts.guards import access_map
from app.core.permissions import Role
from app.enterprises.queries import reach
from tests.integration.access.crawling import (
    asked,
    bytes_of,
    calls,
    differs,
    is_let_in,
    tells,
)
from tests.integration.access.planting import CANARY, fingerprint

STRANGERS = tuple(role for role in Role if role is not Role.ADMIN)
pytestmark = pytest.mark.slow
# Where the condition on the enterprises that one reaches is asked for, and a page that needs it.
FILTERED = {
    "app.enterprises.queries.reach": "dashboard.enterprises",
    "app.interventions.queries.lists": "interventions.index",
    "app.mentoring.queries.board": "mentoring.board_village",
    "app.interventions.queries.queue": "interventions.queue",
    "app.interventions.queries.referrals": "interventions.referrals",
    "app.mentoring.queries.checks": "mentoring.check_queue",
    "app.mentoring.queries.visits": "mentoring.show_visit",
    "app.quality.queries.findings": "findings.index",
    "app.quality.queries.pairs": "quality.index",
}


def told_by_lists(app, world, client, role, *, of=""):
    """What lists tell a person of the near side of the far side, address by address.

    `of` is the only endpoint that is asked, if it is given.
    """
    for call in calls(app, world, "GET"):
        if call.unknown or of not in ("", call.endpoint):
            continue
        for path in asked(call.path, world):
            answer = client.get(path)
            found = [*tells(answer, world, path), *is_let_in(answer, call, role)]
            yield from (f"{path}: {told}" for told in found)
            if answer.status_code >= 500:
                yield f"{path}: {answer.status_code}"


def told_by_objects(app, world, client, role, *, of=""):
    """How what lies elsewhere is answered otherwise than what is nowhere."""
    for method in ("GET", "POST"):
        for call in calls(app, world, method):
            if call.unknown and of in ("", call.endpoint):
                found = differs(client, call, world, role)
                yield from (f"{call.method} {call.path}: {told}" for told in found)


@pytest.mark.parametrize("role", STRANGERS)
def test_no_list_tells_a_byte_of_another_area(app, world, caller, role):
    client = caller(role)
    before = fingerprint()

    found = list(told_by_lists(app, world, client, role))

    assert found == []
    assert fingerprint() == before


@pytest.mark.parametrize("role", STRANGERS)
def test_what_lies_elsewhere_is_answered_as_what_is_nowhere(app, world, caller, role):
    client = caller(role)
    before = fingerprint()

    found = list(told_by_objects(app, world, client, role))

    assert found == []
    assert fingerprint() == before


@pytest.mark.parametrize("role", STRANGERS)
def test_posting_without_an_object_tells_nothing_of_another_area(app, world, caller, role):
    client, found = caller(role), []
    for call in calls(app, world, "POST"):
        if call.unknown is None:
            words = {"cari": CANARY, "desa": "35.07.10.2003", "wilayah": "35.07", "q": CANARY}
            answer = client.post(f"{call.path}?wilayah=35.07", data=words)
            found += [f"{call.path}: {told}" for told in tells(answer, world, f"{CANARY}")]

    assert found == []


def test_the_planted_words_are_there_to_be_found(app, world, caller):
    client, seen = caller(Role.ADMIN), {}
    for call in calls(app, world, "GET"):
        answer = client.get(call.path)
        assert answer.status_code < 500, call.path
        if CANARY in bytes_of(answer):
            seen[call.endpoint] = call.path

    assert {
        "enterprises.index",
        "enterprises.show",
        "owners.show",
        "people.show",
        "mentoring.mentors",
    } <= set(seen)
    assert len(seen) >= 25


def test_nearly_each_address_with_an_id_is_called_with_one_of_the_far_side(app, world):
    called = {call.endpoint for method in ("GET", "POST") for call in calls(app, world, method)}
    asked_for = {line["endpoint"] for line in access_map(app) if "_id>" in line["rule"]}
    # Versions of the questionnaire are the same for the whole country.
    areal = {one for one in asked_for if not one.startswith("instrument")}

    left_out = sorted(areal - called)

    # Rows whose checks the planting can't meet, and files that come in pieces by other methods;
    # their features test their own scope.
    assert len(left_out) <= len(areal) / 8, left_out
    assert {one.partition(".")[0] for one in left_out} <= {"aid", "field_api", "settlements"}


def test_a_scope_filter_that_is_taken_out_turns_the_matrix_red(app, world, caller, monkeypatch):
    role = Role.LABOUR_OFFICER
    client = caller(role)

    for module, endpoint in FILTERED.items():
        place = importlib.import_module(module)
        assert place.within is reach.within
        for has_filter in (True, False):
            with monkeypatch.context() as broken:
                if not has_filter:
                    broken.setattr(place, "within", lambda *_a, **_k: sa.true())
                found = [
                    *told_by_lists(app, world, client, role, of=endpoint),
                    *told_by_objects(app, world, client, role, of=endpoint),
                ]
            assert bool(found) is not has_filter, module
