"""The torture of `sh scripts/torture sync`, small: a real server, bad lines, a kill.

Without the unique key of operations the same run doubles visits: the control serves a scratch
build that forgets it, so that we know that the torture finds what it looks for.
"""

from __future__ import annotations

import pytest

from tests import postgres
from tests.torture.ground import site
from tests.torture.sync import FORGETFUL, Size, run


@pytest.mark.slow
@pytest.mark.parametrize(
    "engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def test_bad_lines_and_a_killed_server_lose_and_double_nothing(engine, tmp_path_factory):
    url = None
    if engine == "postgresql":
        url = postgres.new_database(postgres.shared_folder(tmp_path_factory), "torture")
    with site(engine, url=url) as place:
        verdict = run(place, Size(clients=5, visits=100, enterprises_each=2, kills=1))

    assert verdict.is_clean, verdict
    assert verdict.kills == 1
    assert verdict.answers.get("dropped")
    assert verdict.results["ok"]


@pytest.mark.slow
def test_without_the_unique_key_the_same_run_doubles():
    with site("sqlite", serves=FORGETFUL) as place:
        verdict = run(place, Size(clients=4, visits=60, enterprises_each=2), chained=False)

    assert not verdict.is_clean
    assert verdict.doubled > 0
    assert verdict.wrong_totals > 0
    assert verdict.lost == 0
