"""What lenders lent to enterprises of an office: numbers, and the loans behind each."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.queries.totals import ALL, PAGE_SIZE, STANDS, Chosen, loan_lines, totals
from app.credit.routes.candidates import page_number
from app.web.access import current_scope, requires

blueprint = Blueprint(
    "loan_totals", __name__, url_prefix="/pinjaman/rekap", template_folder="../templates"
)
_CODE_LENGTH = 13


@blueprint.get("")
@requires(Permission.LOAN_READ)
def index() -> ResponseReturnValue:
    """Per lender and village: how many, how much, how many late."""
    return render_template(
        "credit/totals.html", lines=totals(current_scope(), on=local_today()), stands=STANDS
    )


@blueprint.get("/daftar")
@requires(Permission.LOAN_READ)
def loans() -> ResponseReturnValue:
    """The loans behind a number."""
    chosen, number = _chosen(), page_number()
    lines, count = loan_lines(current_scope(), chosen, on=local_today(), offset=number * PAGE_SIZE)
    keep: dict[str, Any] = {
        "lembaga": chosen.lender_id,
        "desa": chosen.village_code or None,
        "keadaan": chosen.stand,
    }
    has_more = count > (number + 1) * PAGE_SIZE
    return render_template(
        "credit/total_loans.html",
        lines=lines,
        count=count,
        heading=STANDS[chosen.stand],
        previous_url=url_for(".loans", **keep, halaman=number - 1) if number else None,
        next_url=url_for(".loans", **keep, halaman=number + 1) if has_more else None,
    )


def _chosen() -> Chosen:
    """What the address asks for; words that nobody knows ask for nothing."""
    stand, code = request.args.get("keadaan", ALL), request.args.get("desa", "")
    return Chosen(
        lender_id=_key(request.args.get("lembaga", "")),
        village_code=code if len(code) == _CODE_LENGTH else "",
        stand=stand if stand in STANDS else ALL,
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
