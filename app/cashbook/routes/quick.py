"""A line in three taps, and the lines of a day before once more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.cashbook.forms.entries import QuickForm
from app.cashbook.forms.repeating import RepeatForm
from app.cashbook.queries.book import book_channels, book_head
from app.cashbook.queries.days import last_day, lines_to_repeat, usual_amounts
from app.cashbook.queries.lines import book_lines
from app.cashbook.rules.echoes import echo
from app.cashbook.rules.entries import CATEGORIES, MENTOR, SALES
from app.cashbook.services.entries import Written, record_entry
from app.cashbook.services.sheets import write_lines
from app.core.clock import local_today
from app.core.permissions import Permission
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "cash_quick",
    __name__,
    url_prefix="/usaha/<uuid:enterprise_id>/buku",
    template_folder="../templates",
)
_BOTH = ["GET", "POST"]


@blueprint.get("/cepat")
@requires(Permission.CASHBOOK_WRITE)
def choose(enterprise_id: UUID) -> ResponseReturnValue:
    """What the money was for; below it what was written today."""
    today = local_today()
    head = book_head(current_scope(), enterprise_id)
    found = book_lines(current_scope(), enterprise_id, first=today, last=today)
    return render_template(
        "cashbook/quick.html",
        head=head,
        found=found,
        today=today,
        keys=[
            (code, label, url_for(".amount", enterprise_id=enterprise_id, category=code))
            for code, label in CATEGORIES.items()
        ],
        repeat_day=last_day(enterprise_id, before=today),
        is_yesterday=last_day(enterprise_id, before=today) == today - timedelta(days=1),
    )


@blueprint.route("/cepat/<category>", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def amount(enterprise_id: UUID, category: str) -> ResponseReturnValue:
    """How much it was."""
    head = book_head(current_scope(), enterprise_id)
    if category not in CATEGORIES:
        abort(404)
    form = QuickForm(data={"happened_on": local_today()})
    channels = book_channels(enterprise_id) if category == SALES else ()
    form.offer(channels)
    written: list[Written] = []

    def save() -> None:
        written.append(
            record_entry(
                way=MENTOR,
                entry_id=form.key,
                enterprise_id=enterprise_id,
                category=category,
                **form.said(),
                **actor(),
            )
        )

    status = attempt(form, save)
    if status is None:
        place = "Tersimpan di catatan kanal" if written[0].payment_id else "Tersimpan"
        day = form.happened_on.data or local_today()
        flash(f"{place}: {echo(category, form.chosen, day)}.", "success")
        return redirect(url_for(".choose", enterprise_id=enterprise_id), code=303)
    return render_template(
        "cashbook/quick_amount.html",
        form=form,
        head=head,
        label=CATEGORIES[category],
        usual=usual_amounts(enterprise_id, category, on=local_today()),
        has_channels=bool(channels),
    ), status


@blueprint.route("/ulangi", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def repeat(enterprise_id: UUID) -> ResponseReturnValue:
    """The lines of the last day once more."""
    today = local_today()
    head = book_head(current_scope(), enterprise_id)
    day = last_day(enterprise_id, before=today)
    lines = lines_to_repeat(enterprise_id, day) if day is not None else ()
    form = RepeatForm(data={"happened_on": today})
    rows = form.rows(lines, request.form if form.is_submitted() else None)
    counted: list[int] = []

    def save() -> None:
        counted.append(
            write_lines(way=MENTOR, enterprise_id=enterprise_id, lines=form.lines(rows), **actor())
        )

    status = attempt(form, save)
    if status is None:
        flash(f"{counted[0]} catatan tersimpan.", "success")
        return redirect(url_for(".choose", enterprise_id=enterprise_id), code=303)
    return render_template("cashbook/repeat.html", form=form, head=head, rows=rows, day=day), status
