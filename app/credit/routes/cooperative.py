"""Pages of those who work for a lender: where they begin, its members, their savings."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.permissions import Permission
from app.credit.forms.lenders import number_of
from app.credit.forms.members import JoinForm, LeaveForm, SavingForm, UndoForm
from app.credit.queries.cooperative import home_page
from app.credit.queries.members import (
    MemberPage,
    Receipt,
    candidate,
    candidates,
    member_page,
    members,
    receipt,
)
from app.credit.queries.portfolio import portfolios
from app.credit.queries.reach import own_lender
from app.credit.responses import receipt_pdf
from app.credit.services.members import join, leave
from app.credit.services.savings import save, undo_saving
from app.history.responses import note_shown
from app.market.routes.channels import around, page_number
from app.printing.responses import pdf_response
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "cooperative", __name__, url_prefix="/koperasi", template_folder="../templates"
)
_BOTH = ["GET", "POST"]


@blueprint.get("")
@requires(Permission.COOPERATIVE_PAGE)
def home() -> ResponseReturnValue:
    """Where somebody begins who works for a lender."""
    parts = home_page(current_scope())
    found = portfolios((one.lender.id for one in parts), on=local_today())
    return render_template("credit/cooperative.html", parts=parts, portfolios=found)


@blueprint.get("/<uuid:lender_id>/anggota")
@requires(Permission.LENDER_WORK)
def index(lender_id: UUID) -> ResponseReturnValue:
    """The members of a lender."""
    row = own_lender(current_scope(), lender_id)
    text, has_left = request.args.get("cari", "").strip(), request.args.get("keluar") == "ya"
    number = page_number()
    found = members(current_scope(), lender_id, text=text, has_left=has_left, page=number + 1)
    note_shown(owners=[one.owner_id for one in found.lines])
    chosen = {"cari": text or None, "keluar": "ya" if has_left else None}
    return render_template(
        "credit/members.html",
        row=row,
        lines=found.lines,
        text=text,
        has_left=has_left,
        **around(number, found.has_more, ".index", lender_id=lender_id, **chosen),
    )


@blueprint.get("/<uuid:lender_id>/anggota/baru")
@requires(Permission.LENDER_WORK)
def choose(lender_id: UUID) -> ResponseReturnValue:
    """Who may be taken in: who agreed to be seen by the lender."""
    row = own_lender(current_scope(), lender_id)
    text = request.args.get("cari", "").strip()
    found = candidates(current_scope(), lender_id, text=text)
    note_shown(owners=[one.owner_id for one in found])
    return render_template("credit/member_choose.html", row=row, lines=found, text=text)


@blueprint.route("/<uuid:lender_id>/anggota/baru/<uuid:owner_id>", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def add(lender_id: UUID, owner_id: UUID) -> ResponseReturnValue:
    """Take somebody in."""
    row = own_lender(current_scope(), lender_id)
    owner = candidate(current_scope(), lender_id, owner_id)
    form = JoinForm()
    made: list[UUID] = []

    def keep() -> None:
        told: dict[str, Any] = {**form.values(), **actor(), "member_id": form.key}
        made.append(join(lender_id=lender_id, owner_id=owner_id, **told).id)

    status = attempt(form, keep)
    if status is None:
        flash("Anggota diterima.", "success")
        return redirect(url_for(".show", member_id=made[0]), code=303)
    return render_template("credit/member_join.html", form=form, row=row, owner=owner), status


@blueprint.get("/anggota/<uuid:member_id>")
@requires(Permission.LENDER_WORK)
def show(member_id: UUID) -> ResponseReturnValue:
    """One member with what they saved."""
    number = page_number()
    page = _member(member_id, number + 1)
    near = around(number, page.has_more, ".show", member_id=member_id)
    return render_template("credit/member.html", page=page, **near)


@blueprint.route("/anggota/<uuid:member_id>/simpanan", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def save_one(member_id: UUID) -> ResponseReturnValue:
    """Write down what a member pays in or takes out."""
    page = _member(member_id)
    form = SavingForm(data={"direction": "tarik" if page.row.left_on else "setor"})
    made: list[UUID] = []

    def keep() -> None:
        made.append(save(row_id=form.key, member_id=member_id, **form.told(), **actor()).id)

    status = attempt(form, keep)
    if status is None:
        flash("Simpanan dicatat.", "success")
        return redirect(url_for(".slip", saving_row_id=made[0]), code=303)
    return render_template("credit/saving_form.html", form=form, page=page), status


@blueprint.route("/anggota/<uuid:member_id>/keluar", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def go(member_id: UUID) -> ResponseReturnValue:
    """Write down that a member left."""
    page = _member(member_id)
    form = LeaveForm(data={"version": str(page.row.version)})

    def keep() -> None:
        version, left_on = number_of(form.version), form.values()["left_on"]
        leave(member_id=member_id, version=version, left_on=left_on, **actor())

    status = attempt(form, keep)
    if status is None:
        flash("Dicatat. Kembalikan simpanannya lewat Catat simpanan.", "success")
        return redirect(url_for(".show", member_id=member_id), code=303)
    return render_template("credit/member_leave.html", form=form, page=page), status


@blueprint.get("/simpanan/<uuid:saving_row_id>")
@requires(Permission.LENDER_WORK)
def slip(saving_row_id: UUID) -> ResponseReturnValue:
    """The receipt of a saving."""
    found = _receipt(saving_row_id)
    return render_template("credit/saving_receipt.html", found=found)


@blueprint.get("/simpanan/<uuid:saving_row_id>/bukti.pdf")
@requires(Permission.LENDER_WORK)
def slip_sheet(saving_row_id: UUID) -> ResponseReturnValue:
    """The receipt of a saving, to print."""
    found = _receipt(saving_row_id)
    return pdf_response(receipt_pdf(found), filename=f"bukti-{found.line.receipt}.pdf")


@blueprint.route("/simpanan/<uuid:saving_row_id>/batal", methods=_BOTH)
@requires(Permission.LENDER_WORK)
def undo(saving_row_id: UUID) -> ResponseReturnValue:
    """Take back a saving that was written wrongly."""
    found = _receipt(saving_row_id)
    form = UndoForm()

    def keep() -> None:
        undo_saving(row_id=form.key, undone_id=saving_row_id, **form.values(), **actor())

    status = attempt(form, keep)
    if status is None:
        flash("Catatan simpanan dibatalkan.", "success")
        return redirect(url_for(".show", member_id=found.member.id), code=303)
    return render_template("credit/saving_undo.html", form=form, found=found), status


def _member(member_id: UUID, number: int = 1) -> MemberPage:
    page = member_page(current_scope(), member_id, page=number)
    note_shown(owners=[page.owner.id], one=True)
    return page


def _receipt(saving_row_id: UUID) -> Receipt:
    found = receipt(current_scope(), saving_row_id)
    note_shown(owners=[found.member.owner_id], one=True)
    return found
