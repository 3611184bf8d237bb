"""Lenders of an area: the list, one, and the forms by which an office keeps them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.credit.forms.lenders import FormingForm, LenderForm, first_answers
from app.credit.queries.lenders import STANDS, lender_page, lenders
from app.credit.queries.reach import lender as lender_within_reach
from app.credit.services.lenders import change_lender, create_lender
from app.market.routes.channels import around, page_number
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "lenders", __name__, url_prefix="/pinjaman/lembaga", template_folder="../templates"
)
_BOTH = ["GET", "POST"]


@blueprint.get("")
@requires(Permission.LENDER_READ)
def index() -> ResponseReturnValue:
    """The lenders of the area."""
    text, stand = request.args.get("cari", "").strip(), request.args.get("keadaan", "")
    number = page_number()
    lines, has_more = lenders(current_scope(), text=text, stand=stand, page=number)
    chosen = {"cari": text or None, "keadaan": stand or None}
    return render_template(
        "credit/lenders.html",
        lines=lines,
        text=text,
        stand=stand,
        stands=STANDS,
        **around(number, has_more, ".index", **chosen),
    )


@blueprint.get("/<uuid:lender_id>")
@requires(Permission.LENDER_READ)
def show(lender_id: UUID) -> ResponseReturnValue:
    """One lender."""
    return render_template("credit/lender.html", page=lender_page(current_scope(), lender_id))


@blueprint.route("/baru", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def add() -> ResponseReturnValue:
    """A lender that is at work."""
    form = LenderForm()
    del form.is_closed
    made: list[UUID] = []

    def save() -> None:
        made.append(create_lender(lender_id=form.key, facts=form.facts(), **actor()).id)

    status = attempt(form, save)
    if status is None:
        flash("Lembaga dicatat.", "success")
        return redirect(url_for(".show", lender_id=made[0]), code=303)
    return render_template("credit/lender_form.html", form=form, row=None), status


@blueprint.route("/bentuk", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def form_one() -> ResponseReturnValue:
    """A cooperative that a village is about to form."""
    form = FormingForm()
    made: list[UUID] = []

    def save() -> None:
        facts = form.facts()
        made.append(create_lender(lender_id=form.key, facts=facts, is_forming=True, **actor()).id)

    status = attempt(form, save)
    if status is None:
        flash("Dicatat. Lanjutkan langkah berikutnya.", "success")
        return redirect(url_for(".show", lender_id=made[0]), code=303)
    return render_template("credit/lender_forming.html", form=form), status


@blueprint.route("/<uuid:lender_id>/ubah", methods=_BOTH)
@requires(Permission.LENDER_WRITE)
def change(lender_id: UUID) -> ResponseReturnValue:
    """What is known of a lender now."""
    row = lender_within_reach(current_scope(), lender_id)
    form = LenderForm(data=first_answers(row))

    def save() -> None:
        version = form.seen_version
        change_lender(lender_id=lender_id, version=version, facts=form.facts(), **actor())

    status = attempt(form, save)
    if status is None:
        flash("Data lembaga diubah.", "success")
        return redirect(url_for(".show", lender_id=lender_id), code=303)
    return render_template("credit/lender_form.html", form=form, row=row), status
