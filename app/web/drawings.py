"""Charts as pictures that stand alone: for printed sheets, which know no style sheet."""

from __future__ import annotations

from html import escape

from app.web.charts import BarChart

_INK, _MUTED = "#1d2b26", "#4d5b56"
# The tones of the pages, as `_tokens.scss` has them.
FILLS = {
    "good": "#0b5d3b",
    "warn": "#7a4600",
    "bad": "#a51d1d",
    "muted": "#4d5a64",
    "main": "#0e4453",
}
_TITLE_ROOM, _SOURCE_ROOM = 28, 20
_FONT = "Libertinus Serif"


def bar_drawing(chart: BarChart) -> bytes:
    """The bars as SVG with their words, for a sheet that says above what they show."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {chart.width} {chart.height}" '
        f'width="{chart.width}" height="{chart.height}" font-family="{_FONT}" font-size="12">'
        f"<title>{escape(chart.title)}</title>"
    )
    return "".join([head, *_bars(chart), "</svg>"]).encode()


def chart_file(chart: BarChart, *, told: str, source: str) -> bytes:
    """The bars as an SVG file of its own: titled, told in words, with where they are from."""
    height = chart.height + _TITLE_ROOM + _SOURCE_ROOM
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {chart.width} {height}" '
        f'width="{chart.width}" height="{height}" font-family="{_FONT}, Georgia, serif" '
        'font-size="12" role="img" aria-labelledby="judul isi" xml:lang="id">'
        f'<title id="judul">{escape(chart.title)}</title>'
        f'<desc id="isi">{escape(told)}. {escape(source)}</desc>'
        f'<rect width="{chart.width}" height="{height}" fill="#ffffff"/>'
        f'<text x="0" y="16" fill="{_INK}" font-weight="bold">{escape(chart.title)}</text>'
        f'<g transform="translate(0 {_TITLE_ROOM})">'
    )
    foot = (
        f'</g><text x="0" y="{height - 6}" fill="{_MUTED}" font-size="9">{escape(source)}</text>'
        "</svg>"
    )
    return "".join([head, *_bars(chart), foot]).encode()


def _bars(chart: BarChart) -> list[str]:
    return [
        f'<text x="0" y="{bar.text_y}" fill="{_INK}">{escape(bar.label)}</text>'
        f'<rect x="{chart.left}" y="{bar.y}" width="{bar.width}" height="{chart.thickness}" '
        f'fill="{FILLS[bar.tone]}"/>'
        f'<text x="{bar.value_x}" y="{bar.text_y}" fill="{_MUTED}">{escape(bar.shown)}</text>'
        for bar in chart.bars
    ]
