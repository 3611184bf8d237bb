"""The card as a picture and as a sheet to print."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from flask import url_for
from markupsafe import Markup

from app.core.clock import utc_now
from app.core.settings import current
from app.portal.queries.owner_cards import OwnerCards
from app.portal.rules.cards import shown_code
from app.printing import render_pdf
from app.web.filters import tanggal

_TEMPLATE = Path(__file__).parent / "prints" / "card.typ"
# For so long a new code can be shown and printed; then only a new card helps.
_SHOWN_SECONDS = 15 * 60


def shown_for(fresh: Any, page: OwnerCards) -> str | None:
    """The code of a card that was made just now for this owner, and opens still."""
    if not isinstance(fresh, dict) or fresh.get("owner") != str(page.owner_id):
        return None
    is_live = any(one.is_live and str(one.id) == fresh.get("card") for one in page.cards)
    is_recent = utc_now().timestamp() - float(fresh.get("at", 0)) <= _SHOWN_SECONDS
    return str(fresh.get("code")) if is_live and is_recent else None


def door_address(code: str = "") -> str:
    """The address of the owners' door; the code stands behind `#`, which is sent to nobody."""
    address = current().public_address.rstrip("/") + url_for("card_door.door")
    return f"{address}#{code}" if code else address


def card_picture(code: str) -> Markup:
    """The code as SVG inside a page, which no address leads to."""
    drawn = BytesIO()
    segno.make(door_address(code), error="m", micro=False).save(
        drawn, kind="svg", scale=5, border=4, xmldecl=False, svgns=True, title="Kode kartu"
    )
    return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn by the library from our address


def card_sheet(page: OwnerCards, code: str) -> bytes:
    """The card on a sheet of A6: to fold, to keep in a purse."""
    drawn = BytesIO()
    segno.make(door_address(code), error="m", micro=False).save(
        drawn, kind="svg", scale=5, border=2, xmldecl=False
    )
    live = next(one for one in page.cards if one.is_live)
    return render_pdf(
        _TEMPLATE,
        {
            "name": page.owner_name,
            "enterprise": page.enterprise_name,
            "address": door_address().partition("://")[2],
            "code": shown_code(code),
            "until": tanggal(live.expires_on),
        },
        title="Kartu masuk pemilik usaha",
        made_at=utc_now(),
        pictures={"kode": drawn.getvalue()},
    )


def link_to_share(path: str, code: str) -> str:
    """A link whose code stands behind `#`."""
    return f"{current().public_address.rstrip('/')}{path}#{code}"
