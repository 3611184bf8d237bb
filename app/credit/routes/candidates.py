"""Candidates for KUR: the list of the office, and its file."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.core.clock import local_today, utc_now
from app.core.permissions import Permission
from app.credit.exports.candidates import candidate_workbook
from app.credit.queries.candidates import PAGE_SIZE, candidates
from app.enterprises.guards import take_along
from app.enterprises.rules.export_limits import AT_ONCE
from app.web.access import current_scope, requires
from app.web.filters import waktu
from app.web.workbooks import XLSX

blueprint = Blueprint(
    "loan_candidates", __name__, url_prefix="/pinjaman/calon-kur", template_folder="../templates"
)
_NOT_YET = "belum"
_MOST_PAGES = 5


@blueprint.get("")
@requires(Permission.LOAN_CANDIDATES)
def index() -> ResponseReturnValue:
    """Who fulfils every rule; or, asked for, who does not and why."""
    fitting, number = request.args.get("keadaan") != _NOT_YET, page_number()
    found = candidates(
        current_scope(), on=local_today(), fitting=fitting, offset=number * PAGE_SIZE
    )
    total = found.fits if fitting else found.others
    keep: dict[str, Any] = {} if fitting else {"keadaan": _NOT_YET}
    has_more = total > (number + 1) * PAGE_SIZE
    return render_template(
        "credit/candidates.html",
        found=found,
        fitting=fitting,
        previous_url=url_for(".index", **keep, halaman=number - 1) if number else None,
        next_url=url_for(".index", **keep, halaman=number + 1) if has_more else None,
    )


@blueprint.get("/unduh")
@requires(Permission.LOAN_CANDIDATES)
def file() -> ResponseReturnValue:
    """Both lists as a workbook; at most as many of each as a file may have."""
    scope, today = current_scope(), local_today()
    fitting = candidates(scope, on=today, fitting=True, limit=AT_ONCE)
    others = candidates(scope, on=today, fitting=False, limit=AT_ONCE)
    withdrawn = take_along(one.enterprise_id for one in (*fitting.lines, *others.lines))
    about = f"Calon KUR, {waktu(utc_now())}, diunduh oleh {current_account().name}"
    if others.others > AT_ONCE:
        about += f"; yang belum memenuhi hanya {AT_ONCE} pertama"
    book = candidate_workbook(fitting.lines, others.lines, withdrawn=withdrawn, about=about)
    name = f"calon-kur-{today.isoformat()}.xlsx"
    return send_file(book, mimetype=XLSX, as_attachment=True, download_name=name)


def page_number() -> int:
    """Which page of a list is asked for; the first is 0."""
    asked = request.args.get("halaman", "0")
    return int(asked) if asked.isdecimal() and len(asked) < _MOST_PAGES else 0
