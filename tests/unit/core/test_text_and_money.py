"""Names as they are searched, money as it is written."""

from __future__ import annotations

import pytest

from app.core.money import format_rupiah
from app.core.text import search_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nur’aini  ÉNAK, Jaya", "nuraini enak jaya"),
        ("  KERIPIK-Bu_Sri ", "keripik bu sri"),
        ("", ""),
        ("Straße", "strasse"),
    ],
)
def test_search_text_leaves_the_bare_words(text, expected):
    assert search_text(text) == expected


def test_search_text_of_search_text_is_itself():
    once = search_text("Ngasêm / Bu Nur'aini (Cilacap)")

    assert search_text(once) == once


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(0, "Rp 0"), (999, "Rp 999"), (1_250_000, "Rp 1.250.000"), (-500, "-Rp 500")],
)
def test_rupiah_is_written_with_points(amount, expected):
    assert format_rupiah(amount) == expected
