"""The aids of an enterprise, one of them, its request and needs assessment."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.aid import queries, services
from app.aid.forms import NeedForm, RequestForm
from app.aid.queries.papers import step_photo
from app.aid.routes.blueprint import blueprint
from app.core.permissions import Permission
from app.files.responses import photo_response
from app.web.access import current_account_id, current_scope, requires
from app.web.saving import actor, attempt

_BOTH = ["GET", "POST"]


@blueprint.get("/usaha/<uuid:enterprise_id>/alat")
@requires(Permission.AID_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """The aids and tools of one enterprise."""
    return render_template(
        "aid/enterprise.html", aid=queries.enterprise_aid(current_scope(), enterprise_id)
    )


@blueprint.route("/usaha/<uuid:enterprise_id>/alat/usul", methods=_BOTH)
@requires(Permission.AID_REQUEST)
def request_tool(enterprise_id: UUID) -> ResponseReturnValue:
    """Ask for a tool."""
    aid = queries.enterprise_aid(current_scope(), enterprise_id)
    form = RequestForm()
    made: list[UUID] = []

    def save() -> None:
        row = services.request_tool(enterprise_id=enterprise_id, request=form.request(), **actor())
        made.append(row.id)

    status = attempt(form, save)
    if status is None:
        flash("Usulan dicatat. Sekarang isi analisis kebutuhannya.", "success")
        return redirect(url_for(".need", case_id=made[0]), code=303)
    return render_template("aid/request.html", form=form, aid=aid), status


@blueprint.get("/bantuan/<uuid:case_id>")
@requires(Permission.AID_READ)
def show(case_id: UUID) -> ResponseReturnValue:
    """One aid: where it stands, what comes next, what was done by whom."""
    page = queries.case_page(current_scope(), case_id)
    return render_template("aid/case.html", page=page, own=current_account_id())


@blueprint.route("/bantuan/<uuid:case_id>/kebutuhan", methods=_BOTH)
@requires(Permission.AID_REQUEST)
def need(case_id: UUID) -> ResponseReturnValue:
    """The needs assessment."""
    page = queries.case_page(current_scope(), case_id)
    form = NeedForm(data={"version": page.line.version, **_found(page)})

    def save() -> None:
        services.assess_need(
            case_id=case_id, version=form.seen_version, answers=form.answers(), **actor()
        )

    status = attempt(form, save)
    if status is None:
        flash("Analisis kebutuhan disimpan.", "success")
        return redirect(url_for(".show", case_id=case_id), code=303)
    return render_template("aid/need.html", form=form, page=page), status


@blueprint.get("/bantuan/<uuid:case_id>/foto/<uuid:step_id>")
@requires(Permission.AID_READ)
def photo(case_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """The photo of a step."""
    return photo_response(step_photo(current_scope(), case_id, step_id))


def _found(page: queries.CasePage) -> dict[str, object]:
    found: dict[str, object] = {}
    for line in page.gates:
        if line.is_met is not None:
            code = line.gate.code
            found[f"{code}_is_met"] = "ya" if line.is_met else "tidak"
            found[f"{code}_reason"], found[f"{code}_evidence"] = line.reason, line.evidence
    return found
