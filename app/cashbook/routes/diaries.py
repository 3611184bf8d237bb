"""The diary of five numbers a month, as mentor and officer write it down."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.cashbook.forms.diaries import DiaryForm, shown_month
from app.cashbook.queries.diaries import diary_page, month_page, told_month
from app.cashbook.rules.entries import MENTOR
from app.cashbook.services.diaries import record_month
from app.core.permissions import Permission
from app.web.access import current_scope, may, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "diaries",
    __name__,
    url_prefix="/usaha/<uuid:enterprise_id>/buku/catatan-bulanan",
    template_folder="../templates",
)


@blueprint.get("")
@requires(Permission.CASHBOOK_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """The last months, with their gaps."""
    page = diary_page(current_scope(), enterprise_id)
    hrefs = {
        line.code: url_for(".tell", enterprise_id=enterprise_id, month=line.code)
        for line in page.lines
        if may(Permission.CASHBOOK_WRITE)
    }
    return render_template("cashbook/diary.html", page=page, hrefs=hrefs)


@blueprint.route("/<string(length=7):month>", methods=["GET", "POST"])
@requires(Permission.CASHBOOK_WRITE)
def tell(enterprise_id: UUID, month: str) -> ResponseReturnValue:
    """Tell a month, or tell it anew."""
    first = told_month(month)
    page = month_page(current_scope(), enterprise_id, first)
    form = DiaryForm(data=shown_month(page.line))

    def save() -> None:
        record_month(
            way=MENTOR,
            diary_id=form.key,
            enterprise_id=enterprise_id,
            month=first,
            corrects_id=form.corrects_id,
            **form.told(),
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash(f"Catatan {page.line.label} tersimpan.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("cashbook/diary_form.html", form=form, page=page), status
