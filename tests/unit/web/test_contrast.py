"""Our colours can be read: WCAG 2.2 AA, computed from the one token file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]
TOKENS = CHECKOUT / "app" / "web" / "assets" / "css" / "_tokens.scss"
COLOURS = dict(re.findall(r'"([\w-]+)": #([0-9a-f]{6})', TOKENS.read_text(encoding="utf-8")))
ON_WHITE = ("teks", "teks-redup", "tautan", "tautan-dilalui", "utama", "bahaya", "baik", "awas")
PAIRS = [
    *((text, "latar") for text in ON_WHITE),
    *((text, "latar-redup") for text in ("teks", "teks-redup", "tautan", "awas")),
    ("latar", "utama"),
    ("latar", "tombol"),
    ("latar", "bahaya"),
    ("utama", "utama-muda"),
    ("teks", "fokus"),
    *((tone, f"{tone}-latar") for tone in ("baik", "awas", "bahaya", "kabar", "netral")),
]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of WCAG, 1 to 21."""
    light, dark = sorted((luminance(COLOURS[first]), luminance(COLOURS[second])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(text, ground):
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize("border", ["garis-isian", "utama", "tombol"])
def test_the_edges_of_boxes_and_buttons_can_be_seen(border):
    assert contrast(border, "latar") >= 3
