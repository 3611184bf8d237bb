"""What is said about jobs."""

from __future__ import annotations

import pytest

from app.core.errors import InvalidInput
from app.jobs.rules import BROKEN, done_share, failure_message


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [(0, 0, 0), (5, 0, 0), (1, 3, 33), (999, 1000, 99), (3, 3, 100), (4, 3, 100)],
)
def test_the_share_done_is_rounded_down_and_bounded(done, total, percent):
    assert done_share(done, total) == percent


def test_a_refusal_speaks_for_itself():
    error = InvalidInput("sheet_empty", message="Berkas ini kosong.")

    assert failure_message(error) == "Berkas ini kosong."


@pytest.mark.parametrize("error", [KeyError("x"), InvalidInput("no_text")])
def test_anything_else_is_told_without_developers_words(error):
    assert failure_message(error) == BROKEN
