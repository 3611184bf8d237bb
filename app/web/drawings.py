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
_FONT = "Libertinus Serif"


def bar_drawing(chart: BarChart) -> bytes:
    """The bars as SVG with their words."""
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {chart.width} {chart.height}" '
            f'width="{chart.width}" height="{chart.height}" font-family="{_FONT}" font-size="12">'
            f"<title>{escape(chart.title)}</title>"
        )
    ]
    for bar in chart.bars:
        fill = FILLS[bar.tone]
        parts.append(
            f'<text x="0" y="{bar.text_y}" fill="{_INK}">{escape(bar.label)}</text>'
            f'<rect x="{chart.left}" y="{bar.y}" width="{bar.width}" height="{chart.thickness}" '
            f'fill="{fill}"/>'
            f'<text x="{bar.value_x}" y="{bar.text_y}" fill="{_MUTED}">{escape(bar.shown)}</text>'
        )
    return "".join([*parts, "</svg>"]).encode()
