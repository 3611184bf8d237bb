"""Whatever changes the card of an enterprise leaves an entry in its history.

Phones learn of changes by the numbers of the history alone: a write without an entry would leave
a phone with what is no longer true, and nobody would notice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from app.field.queries.cards import cards
from app.history.models import HistoryEntry
from app.history.queries import newest_numbers
from tests.integration.field.card_writes import WALK, World


@pytest.fixture
def world(app: Any, factories: Any) -> World:
    officer = factories.account(role=Role.LABOUR_OFFICER)
    mentor, other = factories.mentor(), factories.mentor()
    owner = factories.owner(name="Tarsiah")
    first, second = (factories.enterprise(owner=owner) for _ in range(2))
    double = factories.enterprise(owner=factories.owner(name="Tarsia"))
    factories.assigned(mentor.account_id, first, second, double)
    return World(
        factories=factories,
        officer=officer.id,
        mentor=mentor.account_id,
        other_mentor=other.account_id,
        first=first.id,
        second=second.id,
        double=double.id,
    )


def state(world: World) -> dict[UUID, tuple[Any, ...]]:
    """Everything on which phones depend, of each enterprise that is there."""
    db.session.rollback()
    ids = [world.first, world.second, world.double]
    held = {
        row.id: (row.mentor_id, row.owner.restricted_on, row.owner.objected_on, row.owner.erased_on)
        for row in db.session.scalars(select(Enterprise).where(Enterprise.id.in_(ids)))
    }
    return {key: (card, held[key]) for key, card in cards(ids).items()}


@contextmanager
def noticed(world: World, name: str, silent: list[str]) -> Iterator[None]:
    """Remember what changed meanwhile without an entry."""
    wanted = HistoryEntry.enterprise_id.in_([world.first, world.second, world.double])
    before, numbers = state(world), newest_numbers(wanted)
    yield
    after, later = state(world), newest_numbers(wanted)
    assert before != after, f"{name} changes nothing that a phone shows"
    silent.extend(
        f"{name}: {before.get(key)} -> {after.get(key)}"
        for key in before.keys() | after.keys()
        if before.get(key) != after.get(key) and numbers.get(key, 0) >= later.get(key, 0)
    )


def test_nothing_on_a_card_changes_without_an_entry_in_the_history(world: World) -> None:
    silent: list[str] = []

    for step in WALK:
        with noticed(world, step.__name__, silent):
            step(world)

    assert silent == []
