"""The diary of five numbers a month, as the owner fills it in."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.cashbook.forms.diaries import DiaryForm, shown_month
from app.cashbook.queries.diaries import diary_page, month_page, told_month
from app.cashbook.rules.entries import OWNER
from app.cashbook.services.diaries import record_month
from app.core.permissions import Permission
from app.portal.guards import pin_needed
from app.portal.queries.own_enterprises import Choice, own_choice
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "own_diary", __name__, url_prefix="/saya/catatan-bulanan", template_folder="../templates"
)
# As many months as somebody remembers without paper.
_SHOWN = 12


@blueprint.get("")
@requires(Permission.OWN_PAGE)
@pin_needed
def show() -> ResponseReturnValue:
    """The last months, with their gaps."""
    choice = _choice()
    page = diary_page(current_scope(), choice.chosen.id, count=_SHOWN)
    hrefs = {line.code: _href(choice, line.code) for line in page.lines}
    return render_template("portal/diary.html", page=page, choice=choice, hrefs=hrefs)


@blueprint.route("/<string(length=7):month>", methods=["GET", "POST"])
@requires(Permission.OWN_PAGE)
@pin_needed
def tell(month: str) -> ResponseReturnValue:
    """Tell a month, or tell it anew."""
    first, choice = told_month(month), _choice()
    page = month_page(current_scope(), choice.chosen.id, first)
    form = DiaryForm(data=shown_month(page.line))

    def save() -> None:
        record_month(
            way=OWNER,
            diary_id=form.key,
            enterprise_id=choice.chosen.id,
            month=first,
            corrects_id=form.corrects_id,
            **form.told(),
            **actor(),
        )

    status = attempt(form, save)
    back = url_for(".show", usaha=choice.asked)
    if status is None:
        flash(f"Catatan {page.line.label} tersimpan.", "success")
        return redirect(back, code=303)
    return render_template(
        "portal/diary_form.html", form=form, page=page, choice=choice, back=back
    ), status


def _choice() -> Choice:
    return own_choice(current_scope(), request.args.get("usaha"))


def _href(choice: Choice, month: str) -> str:
    return url_for(".tell", month=month, usaha=choice.asked)
