"""The office's board of certificates."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.market.queries.certificate_board import (
    ALL,
    PAGE_SIZE,
    STANDS,
    Wanted,
    board,
    board_lines,
    line_count,
)
from app.market.routes.channels import around, page_number
from app.market.rules.tracks import tracks
from app.web.access import current_scope, requires

blueprint = Blueprint(
    "certificate_board", __name__, url_prefix="/izin", template_folder="../templates"
)
_MOST_SIGNS = 13


@blueprint.get("")
@requires(Permission.MARKET_READ)
def home() -> ResponseReturnValue:
    """What is stuck, what ends, how many stand where."""
    return render_template("market/board.html", board=board(current_scope()))


@blueprint.get("/daftar")
@requires(Permission.MARKET_READ)
def lines() -> ResponseReturnValue:
    """One list of certificates."""
    wanted, number = wanted_of(), page_number()
    found, has_more = board_lines(current_scope(), wanted, offset=number * PAGE_SIZE)
    of = tracks().get(wanted.track)
    return render_template(
        "market/board_lines.html",
        lines=found,
        total=line_count(current_scope(), wanted),
        wanted=wanted,
        stands=STANDS,
        tracks=tracks(),
        of=of,
        **around(number, has_more, ".lines", **wanted.address),
    )


def wanted_of() -> Wanted:
    """What the address asks for; words that nobody knows ask for nothing."""
    asked = {key: request.values.get(key, "") for key in ("keadaan", "jalur", "langkah", "wilayah")}
    of = tracks().get(asked["jalur"])
    area = asked["wilayah"]
    is_area = area.replace(".", "").isdecimal() and len(area) <= _MOST_SIGNS
    return Wanted(
        stand=asked["keadaan"] if asked["keadaan"] in STANDS else ALL,
        track=of.code if of else "",
        state=asked["langkah"] if of and asked["langkah"] in of.states else "",
        area=area if is_area else "",
    )
