"""Text of the owner's pages and of the book grows with the size that a reader has chosen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[3] / "app/web/assets/css"
IN_PIXELS = re.compile(r"font(?:-size)?:[^;{}]*?\b\d+px[^;{}]*")


@pytest.mark.parametrize("name", ["_cashbook.scss", "_own.scss"])
def test_no_text_of_an_owners_page_has_a_size_of_its_own(name):
    told = (STYLES / name).read_text()

    assert "rem" in told
    assert IN_PIXELS.findall(told) == []
    assert IN_PIXELS.findall("a { font: 700 19px/1.25 system-ui; }") != []
