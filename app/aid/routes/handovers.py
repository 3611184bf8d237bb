"""Handing over, moving, taking back; the paper of each as PDF."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.aid import queries, services
from app.aid.forms import HandoverForm, MoveForm, ReturnForm
from app.aid.responses import handover_pdf
from app.aid.routes.blueprint import blueprint
from app.core.clock import local_today
from app.core.permissions import Permission
from app.enterprises.queries import enterprise as enterprise_within
from app.printing.responses import pdf_response
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

_BOTH = ["GET", "POST"]


@blueprint.route("/bantuan/<uuid:case_id>/serahkan", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def hand_over(case_id: UUID) -> ResponseReturnValue:
    """Hand new tools over; the paper is made with it."""
    page = queries.case_page(current_scope(), case_id)
    form = HandoverForm(data={**_parties(page.line.enterprise_id), **_first_tool(page)})

    def save() -> None:
        services.hand_over(
            case_id=case_id,
            version=form.seen_version,
            tools=form.tools(),
            funded_year=form.funded_year.data,
            paper=form.paper(),
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Penyerahan dicatat. Cetak berita acaranya, lalu tanda tangani.", "success")
        return redirect(url_for(".show", case_id=case_id), code=303)
    return render_template("aid/hand_over.html", form=form, page=page), status


@blueprint.get("/alat/berita-acara/<uuid:handover_id>.pdf")
@requires(Permission.AID_READ)
def paper(handover_id: UUID) -> ResponseReturnValue:
    """The paper of a handover."""
    sheet = queries.handover_sheet(current_scope(), handover_id)
    return pdf_response(handover_pdf(sheet), filename=f"{sheet.document.replace('/', '-')}.pdf")


@blueprint.route("/alat/<uuid:tool_id>/pindahkan", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def move(tool_id: UUID) -> ResponseReturnValue:
    """Give a tool to an enterprise whose own request was approved."""
    page = queries.tool_page(current_scope(), tool_id)
    targets = queries.approved_targets(current_scope(), not_holder=page.line.holder_id)
    form = MoveForm(data={"version": page.line.version, **_giver()})
    form.target.offer(
        [
            (f"{row.id}.{row.version}", f"{name}, {village}: {row.tool_name}")
            for row, name, village in targets
        ]
    )

    def save() -> None:
        case_id, case_version = form.chosen()
        services.move_to_case(
            tool_id=tool_id,
            version=form.seen_version,
            case_id=case_id,
            case_version=case_version,
            reason=form.reason.data or "",
            paper=form.paper(),
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Alat dipindahkan. Cetak berita acaranya, lalu tanda tangani.", "success")
        return redirect(url_for(".tool", tool_id=tool_id), code=303)
    return render_template("aid/move.html", form=form, page=page, targets=targets), status


@blueprint.route("/alat/<uuid:tool_id>/tarik", methods=_BOTH)
@requires(Permission.AID_DECIDE)
def take_back(tool_id: UUID) -> ResponseReturnValue:
    """Take a tool back into the store."""
    page = queries.tool_page(current_scope(), tool_id)
    form = ReturnForm(data={"version": page.line.version, **_receiver()})

    def save() -> None:
        services.return_to_store(
            tool_id=tool_id,
            version=form.seen_version,
            reason=form.reason.data or "",
            paper=form.paper(),
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash("Alat ditarik dan disimpan.", "success")
        return redirect(url_for(".tool", tool_id=tool_id), code=303)
    return render_template("aid/take_back.html", form=form, page=page), status


def _giver() -> dict[str, Any]:
    return {"handed_on": local_today(), "giver_name": current_account().name}


def _receiver() -> dict[str, Any]:
    return {"handed_on": local_today(), "receiver_name": current_account().name}


def _parties(enterprise_id: UUID) -> dict[str, Any]:
    row = enterprise_within(current_scope(), enterprise_id)
    return {
        **_giver(),
        "receiver_name": row.owner.name,
        "receiver_post": "Pemilik usaha",
        "place": _place(row.hamlet or "", row.address or ""),
    }


def _place(hamlet: str, address: str) -> str:
    # Many addresses name the hamlet themselves.
    parts = [address] if hamlet in address else [hamlet, address]
    return ", ".join(part for part in parts if part)[:200]


def _first_tool(page: queries.CasePage) -> dict[str, Any]:
    return {
        "version": page.line.version,
        "funded_year": local_today().year,
        "tool_name_0": page.line.tool_name,
        "tool_value_0": page.line.value,
    }
