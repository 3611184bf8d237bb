"""Printed sheets of the market."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.core.clock import utc_now
from app.market.queries.product_labels import LabelPage
from app.market.rules.label_words import LabelLine
from app.market.rules.labels import (
    BATCH,
    EXPIRY,
    HALAL,
    INGREDIENTS,
    MAKER,
    NAME,
    NET,
    NON_HALAL,
    ORIGIN,
    PERMIT,
    READABLE,
    STORING,
)
from app.printing import render_pdf

_LABEL = Path(__file__).parent / "prints" / "label.typ"
# In the order in which they stand on the pack, under name and ingredients.
_BODY = (ORIGIN, STORING, MAKER, BATCH, EXPIRY, PERMIT)
_NOT_YET = "CONTOH, BUKAN UNTUK DICETAK MASSAL"
_WHOLE = "Semua unsur wajib sudah ada di data. Cek sekali lagi sebelum dicetak."


def label_pdf(page: LabelPage) -> bytes:
    """The label of a product as a sheet: what the record knows, and clearly marked gaps."""
    # The title stands unpacked in the file: nothing that somebody typed belongs there.
    return render_pdf(_LABEL, _content(page), title="Contoh label", made_at=utc_now())


def _content(page: LabelPage) -> dict[str, Any]:
    words = page.words
    gaps = [[line.label, line.gap] for line in words.gaps]
    return {
        "about": f"{page.line.name}, {page.enterprise_name}",
        "is_needed": page.is_needed,
        "banner": _NOT_YET if gaps else "",
        "remark": "" if gaps else _WHOLE,
        "name": page.line.name,
        "brand": page.line.brand,
        "net": _shown(words.line(NET)),
        "non_halal": words.line(NON_HALAL) is not None,
        "ingredients": [list(pair) for pair in words.ingredients],
        "asks_ingredients": _shown(words.line(INGREDIENTS)),
        "halal": _shown(words.line(HALAL)),
        "body": [_shown(words.line(code)) for code in _BODY if words.line(code) is not None],
        "gaps": gaps,
        "elements": [
            [need.label, "" if need.is_needed else need.reason]
            for need in page.needs
            if need.element.code not in (NAME, READABLE) or need.is_needed
        ],
    }


def _shown(line: LabelLine | None) -> list[str]:
    """[words, gap] of an element, nothing where it is not needed."""
    return [] if line is None else [line.text, f"BELUM ADA: {line.gap}" if line.gap else ""]
