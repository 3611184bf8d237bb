"""The tortures of `sh scripts/torture pull`, `edits` and `reassign`, small: a real server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from tests import postgres
from tests.torture import edits, pull, reassign
from tests.torture.ground import Site, site

pytestmark = [
    pytest.mark.slow,
    pytest.mark.parametrize(
        "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
    ),
]


@pytest.fixture
def place(
    engine: str, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> AbstractContextManager[Site]:
    @contextmanager
    def opened() -> Iterator[Site]:
        url = None
        if engine == "postgresql":
            mark = request.node.originalname[:40].lower()
            url = postgres.new_database(postgres.shared_folder(tmp_path_factory), mark)
        with site(engine, url=url) as made:
            yield made

    return opened()


def test_each_phone_ends_with_exactly_its_scope(place):
    size = pull.Size(mentors=3, enterprises_each=3, visits_each=6, moves=6)
    with place as made:
        verdict = pull.run(made, size)

    assert verdict.is_clean, verdict
    assert verdict.moved > 0
    assert verdict.pages > size.mentors


def test_every_accepted_value_of_two_mentors_can_be_found(place):
    with place as made:
        verdict = edits.run(made, updates=24, enterprises=2)

    assert verdict.is_clean, verdict
    assert verdict.open_items > 0


def test_late_visits_are_kept_and_the_old_phone_ends_empty(place):
    with place as made:
        verdict = reassign.run(made, pairs=1)

    assert verdict.is_clean, verdict
