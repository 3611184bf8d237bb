"""The market as an office sees it: channels that owe, red ones, and the list as a workbook."""

from __future__ import annotations

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.core.clock import local_today, utc_now
from app.core.permissions import Permission
from app.enterprises.guards import take_along
from app.market.exports.channels import workbook
from app.market.queries.market_desk import (
    OWING,
    PAGE_SIZE,
    STANDS,
    DeskFilter,
    all_desk_lines,
    desk_lines,
    line_count,
    overview,
)
from app.market.routes.channels import around, page_number
from app.market.rules.channels import AGE_LABELS, CHANNEL_KINDS
from app.web.access import current_scope, requires
from app.web.filters import waktu
from app.web.workbooks import XLSX

blueprint = Blueprint("market", __name__, url_prefix="/pasar", template_folder="../templates")


@blueprint.get("")
@requires(Permission.MARKET_READ)
def home() -> ResponseReturnValue:
    """What is owed within one's reach, and which channels need a look."""
    return render_template("market/home.html", overview=overview(current_scope()), stands=STANDS)


@blueprint.get("/kanal")
@requires(Permission.MARKET_READ)
def channels() -> ResponseReturnValue:
    """One list of channels."""
    asked, number = _asked(), page_number()
    lines, has_more = desk_lines(current_scope(), asked, offset=number * PAGE_SIZE)
    return render_template(
        "market/desk.html",
        lines=lines,
        total=line_count(current_scope(), asked),
        asked=asked,
        stands=STANDS,
        kinds=CHANNEL_KINDS,
        ages=AGE_LABELS,
        **around(number, has_more, ".channels", **asked.address()),
    )


@blueprint.get("/kanal/unduh")
@requires(Permission.MARKET_READ)
def download() -> ResponseReturnValue:
    """The same list, whole, as a workbook."""
    asked = _asked()
    lines = list(all_desk_lines(current_scope(), asked))
    about = [
        ("Jenis kanal", CHANNEL_KINDS.get(asked.kind, "semua")),
        ("Uang tertahan sejak", AGE_LABELS.get(asked.age, "semua")),
        ("Diunduh oleh", current_account().name),
        ("Waktu", waktu(utc_now())),
    ]
    withdrawn = take_along(line.enterprise_id for line in lines)
    book = workbook(STANDS[asked.stand], lines, withdrawn=withdrawn, about=about)
    name = f"kanal-{asked.stand}-{local_today().isoformat()}.xlsx"
    return send_file(book, mimetype=XLSX, as_attachment=True, download_name=name)


def _asked() -> DeskFilter:
    """What the address asks for; a word that means nothing asks for anything."""
    stand, kind, age = (request.args.get(name, "") for name in ("keadaan", "jenis", "umur"))
    return DeskFilter(
        stand=stand if stand in STANDS else OWING,
        kind=kind if kind in CHANNEL_KINDS else "",
        age=age if age in AGE_LABELS else "",
    )
