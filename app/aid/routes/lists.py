"""The register of tools and the queue of aids."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.aid import exports, queries
from app.aid.forms import ToolFilterForm
from app.aid.queries.cases import OFFICE_STATES
from app.aid.routes.blueprint import blueprint
from app.aid.rules.steps import ENDED, STATE_LABELS, STATES
from app.core.clock import local_today, utc_now
from app.core.permissions import Permission
from app.enterprises.guards import take_along
from app.places.queries import path_label
from app.web.access import current_scope, requires
from app.web.filters import waktu
from app.web.workbooks import XLSX


@blueprint.get("/alat")
@requires(Permission.AID_READ)
def tools() -> ResponseReturnValue:
    """The register: what was given, where it is, who has it, whether it is used."""
    scope = current_scope()
    form = ToolFilterForm(request.args)
    asked = form.asked()
    page = queries.tools(scope, asked, cursor=request.args.get("setelah"))
    return render_template(
        "aid/tools.html",
        form=form,
        asked=asked,
        area_label=path_label(asked.area),
        page=page,
        totals=queries.totals(scope, asked),
        # What the figures count: the other words of the filter hold, the use is what they lead to.
        all_uses=queries.totals(scope, replace(asked, use="")),
        previous_url=_page_url(asked, page.previous_cursor),
        next_url=_page_url(asked, page.next_cursor),
    )


@blueprint.get("/alat/unduh")
@requires(Permission.AID_READ)
def download() -> ResponseReturnValue:
    """The same list as a workbook."""
    asked = ToolFilterForm(request.args).asked()
    about = [
        *asked.described(),
        ("Diunduh oleh", current_account().name),
        ("Waktu", waktu(utc_now())),
    ]
    lines = list(queries.all_tools(current_scope(), asked))
    withdrawn = take_along(line.holder_id for line in lines)
    book = exports.workbook(lines, withdrawn=withdrawn, about=about)
    name = f"alat-{local_today().isoformat()}.xlsx"
    return send_file(book, mimetype=XLSX, as_attachment=True, download_name=name)


@blueprint.get("/bantuan")
@requires(Permission.AID_READ)
def cases() -> ResponseReturnValue:
    """The aids that are not ended, or those in one state."""
    scope, chosen = current_scope(), _chosen_state()
    states = _asked_states(chosen)
    page = queries.waiting_cases(scope, states, cursor=request.args.get("setelah"))
    is_further, state = bool(request.args.get("setelah")), chosen or None
    return render_template(
        "aid/cases.html",
        page=page,
        count=queries.case_count(scope, states),
        chosen=chosen,
        labels=_STATE_WORDS,
        first_url=url_for(".cases", keadaan=state) if is_further else None,
        next_url=page.next_cursor and url_for(".cases", keadaan=state, setelah=page.next_cursor),
    )


@blueprint.get("/bantuan/unduh")
@requires(Permission.AID_READ)
def download_cases() -> ResponseReturnValue:
    """The same list as a workbook, whole."""
    chosen = _chosen_state()
    lines = queries.all_cases(current_scope(), _asked_states(chosen))
    about = [
        ("Keadaan", _STATE_WORDS.get(chosen, "Semua yang berjalan")),
        ("Diunduh oleh", current_account().name),
        ("Waktu", waktu(utc_now())),
    ]
    withdrawn = take_along(line.enterprise_id for line in lines)
    book = exports.cases_workbook(lines, withdrawn=withdrawn, about=about)
    name = f"bantuan-alat-{local_today().isoformat()}.xlsx"
    return send_file(book, mimetype=XLSX, as_attachment=True, download_name=name)


# What waits for a step of the office, whatever the state.
_AT_OFFICE = "menunggu_kantor"
_STATE_WORDS = {_AT_OFFICE: "Menunggu langkah kantor", **STATE_LABELS}


def _chosen_state() -> str:
    chosen = request.args.get("keadaan", "")
    return chosen if chosen in (*STATES, _AT_OFFICE) else ""


def _asked_states(chosen: str) -> tuple[str, ...]:
    if chosen == _AT_OFFICE:
        return OFFICE_STATES
    return (chosen,) if chosen in STATES else tuple(one for one in STATES if one not in ENDED)


def _page_url(asked: queries.ToolFilter, cursor: str | None) -> str | None:
    address: dict[str, Any] = {**asked.address()}
    return url_for(".tools", **address, setelah=cursor) if cursor else None
