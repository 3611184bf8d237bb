"""One tool: its page, its checks, its photos; entry from an old list."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.aid import queries, services
from app.aid.forms import CheckForm, ToolForm
from app.aid.queries.papers import check_photo, tool_photo
from app.aid.routes.blueprint import blueprint
from app.core.clock import local_today
from app.core.permissions import Permission
from app.files.responses import photo_response
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

_BOTH = ["GET", "POST"]


@blueprint.get("/alat/<uuid:tool_id>")
@requires(Permission.AID_READ)
def tool(tool_id: UUID) -> ResponseReturnValue:
    """One tool with its holders and checks."""
    return render_template("aid/tool.html", page=queries.tool_page(current_scope(), tool_id))


@blueprint.route("/alat/<uuid:tool_id>/cek", methods=_BOTH)
@requires(Permission.AID_REPORT)
def check(tool_id: UUID) -> ResponseReturnValue:
    """What was found at a tool."""
    page = queries.tool_page(current_scope(), tool_id)
    form = CheckForm(data={"checked_on": local_today(), "condition": page.line.condition})
    status = attempt(
        form, lambda: services.check_tool(tool_id=tool_id, report=form.report(), **actor())
    )
    if status is None:
        flash("Pengecekan disimpan.", "success")
        return redirect(url_for(".tool", tool_id=tool_id), code=303)
    return render_template("aid/check.html", form=form, page=page), status


@blueprint.get("/alat/<uuid:tool_id>/foto")
@requires(Permission.AID_READ)
def tool_picture(tool_id: UUID) -> ResponseReturnValue:
    """The photo of a tool, or its small variant with `?kecil=ya`."""
    return photo_response(
        tool_photo(current_scope(), tool_id), is_thumbnail="kecil" in request.args
    )


@blueprint.get("/alat/<uuid:tool_id>/cek/<uuid:check_id>/foto")
@requires(Permission.AID_READ)
def check_picture(tool_id: UUID, check_id: UUID) -> ResponseReturnValue:
    """The photo of a check."""
    return photo_response(check_photo(current_scope(), tool_id, check_id))


@blueprint.route("/usaha/<uuid:enterprise_id>/alat/catat", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def register_held(enterprise_id: UUID) -> ResponseReturnValue:
    """Enter a tool that an enterprise has from before."""
    aid = queries.enterprise_aid(current_scope(), enterprise_id)
    form = ToolForm()
    status = attempt(
        form,
        lambda: services.register_tool(
            facts=form.facts(holder_id=enterprise_id, area_code=""), key=form.key, **actor()
        ),
    )
    if status is None:
        flash("Alat dicatat.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("aid/register.html", form=form, aid=aid), status


@blueprint.route("/alat/catat", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def register_stored() -> ResponseReturnValue:
    """Enter a tool that stands in the office."""
    area_code = next((area for area in current_scope().areas if area), "")
    form = ToolForm()
    status = attempt(
        form,
        lambda: services.register_tool(
            facts=form.facts(holder_id=None, area_code=area_code), key=form.key, **actor()
        ),
    )
    if status is None:
        flash("Alat dicatat.", "success")
        return redirect(url_for(".tools", keadaan="disimpan"), code=303)
    return render_template("aid/register.html", form=form, aid=None, area_code=area_code), status
