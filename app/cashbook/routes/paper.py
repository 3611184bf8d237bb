"""Typing a paper month into the book, row by row."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.cashbook.forms.paper import PaperForm, named_problems, take_refusal, typed_rows
from app.cashbook.queries.book import book_head
from app.cashbook.rules.categories import LETTER_OF
from app.cashbook.rules.entries import CATEGORIES, PAPER
from app.cashbook.services.sheets import write_lines
from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "cash_paper",
    __name__,
    url_prefix="/usaha/<uuid:enterprise_id>/buku",
    template_folder="../templates",
)


@blueprint.route("/salin", methods=["GET", "POST"])
@requires(Permission.CASHBOOK_WRITE)
def copy(enterprise_id: UUID) -> ResponseReturnValue:
    """The grid; nothing of it is written as long as one row has a problem."""
    head = book_head(current_scope(), enterprise_id)
    form = PaperForm(data={"bulan": f"{local_today():%Y-%m}"})
    form.offer_months()
    asks_more = form.is_submitted() and "tambah" in request.form
    rows = typed_rows(request.form if form.is_submitted() else None, more=asks_more)
    counted: list[int] = []

    def save() -> None:
        try:
            counted.append(
                write_lines(
                    way=PAPER, enterprise_id=enterprise_id, lines=form.lines(rows), **actor()
                )
            )
        except PulihError as refusal:
            take_refusal(rows, refusal)
            raise

    status = 200 if asks_more else attempt(form, save)
    if status is None:
        flash(f"{counted[0]} catatan tersimpan dari buku kertas.", "success")
        address = url_for(
            "cash_book.enterprise", enterprise_id=enterprise_id, bulan=form.bulan.data
        )
        return redirect(address, code=303)
    return render_template(
        "cashbook/paper.html",
        form=form,
        head=head,
        rows=rows,
        problems=named_problems(rows),
        letters=[(LETTER_OF[code], label) for code, label in CATEGORIES.items()],
    ), status
