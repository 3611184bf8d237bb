"""The cash book as its owner keeps it: three taps, the day before once more, the last lines."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.cashbook.forms.entries import LineForm, QuickForm, TakeBackForm, shown_line
from app.cashbook.forms.repeating import RepeatForm
from app.cashbook.queries.book import book_channels, cash_at_hand, sums_of
from app.cashbook.queries.days import last_day, lines_to_repeat, usual_amounts
from app.cashbook.queries.lines import book_lines
from app.cashbook.queries.reach import cash_entry
from app.cashbook.rules.echoes import echo
from app.cashbook.rules.entries import CATEGORIES, OWNER, SALES
from app.cashbook.services.entries import correct_entry, record_entry, take_back_entry
from app.cashbook.services.sheets import write_lines
from app.core.clock import local_today
from app.core.months import first_of
from app.core.permissions import Permission
from app.portal.guards import pin_needed
from app.portal.queries.own_enterprises import Choice, own_choice
from app.web.access import current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint("own_book", __name__, url_prefix="/saya/buku", template_folder="../templates")
_BOTH = ["GET", "POST"]
_SHOWN = 20


@blueprint.get("")
@requires(Permission.OWN_PAGE)
@pin_needed
def home() -> ResponseReturnValue:
    """What the money was for; below it this month and the last lines."""
    choice, today = _choice(), local_today()
    enterprise_id = choice.chosen.id
    day = last_day(enterprise_id, before=today)
    return render_template(
        "portal/book.html",
        choice=choice,
        keys=[
            (code, label, url_for(".amount", category=code, usaha=choice.asked))
            for code, label in CATEGORIES.items()
        ],
        found=book_lines(current_scope(), enterprise_id, limit=_SHOWN),
        sums=sums_of(enterprise_id, today),
        cash=cash_at_hand(enterprise_id, on=today),
        month=first_of(today),
        repeat_day=day,
        is_yesterday=day == today - timedelta(days=1),
    )


@blueprint.route("/catat/<category>", methods=_BOTH)
@requires(Permission.OWN_PAGE)
@pin_needed
def amount(category: str) -> ResponseReturnValue:
    """How much it was."""
    choice = _choice()
    enterprise_id = choice.chosen.id
    if category not in CATEGORIES:
        abort(404)
    form = QuickForm(data={"happened_on": local_today()})
    channels = book_channels(enterprise_id) if category == SALES else ()
    form.offer(channels)

    def save() -> None:
        record_entry(
            way=OWNER,
            entry_id=form.key,
            enterprise_id=enterprise_id,
            category=category,
            **form.said(),
            **actor(),
        )

    status = attempt(form, save)
    back = url_for(".home", usaha=choice.asked)
    if status is None:
        day = form.happened_on.data or local_today()
        flash(f"Tersimpan: {echo(category, form.chosen, day)}.", "success")
        return redirect(back, code=303)
    return render_template(
        "portal/book_amount.html",
        form=form,
        label=CATEGORIES[category],
        usual=usual_amounts(enterprise_id, category, on=local_today()),
        has_channels=bool(channels),
        back=back,
    ), status


@blueprint.route("/ulangi", methods=_BOTH)
@requires(Permission.OWN_PAGE)
@pin_needed
def repeat() -> ResponseReturnValue:
    """The lines of the last day once more."""
    choice, today = _choice(), local_today()
    enterprise_id = choice.chosen.id
    day = last_day(enterprise_id, before=today)
    lines = lines_to_repeat(enterprise_id, day) if day is not None else ()
    form = RepeatForm(data={"happened_on": today})
    rows = form.rows(lines, request.form if form.is_submitted() else None)

    def save() -> None:
        write_lines(way=OWNER, enterprise_id=enterprise_id, lines=form.lines(rows), **actor())

    status = attempt(form, save)
    back = url_for(".home", usaha=choice.asked)
    if status is None:
        flash("Tersimpan.", "success")
        return redirect(back, code=303)
    return render_template(
        "portal/book_repeat.html", form=form, rows=rows, day=day, back=back
    ), status


@blueprint.route("/catatan/<uuid:entry_id>/betulkan", methods=_BOTH)
@requires(Permission.OWN_PAGE)
@pin_needed
def correct(entry_id: UUID) -> ResponseReturnValue:
    """Write a line that stands in place of another; its slip and what it pays go with it."""
    choice = _choice()
    enterprise_id = choice.chosen.id
    line = cash_entry(current_scope(), enterprise_id, entry_id)
    kept = {"settles_id": line.settles_id, "photo_id": line.photo_id}
    form = LineForm(obj=line, data=shown_line(line))
    channels = book_channels(enterprise_id)
    form.offer(channels)
    status = attempt(
        form,
        lambda: correct_entry(
            way=OWNER,
            entry_id=form.key,
            enterprise_id=enterprise_id,
            corrects_id=entry_id,
            **{**form.said(), **kept},
            **actor(),
        ),
    )
    back = url_for(".home", usaha=choice.asked)
    if status is None:
        said = form.said()
        flash(
            f"Dibetulkan: {echo(said['category'], said['amount'], said['happened_on'])}.", "success"
        )
        return redirect(back, code=303)
    line = cash_entry(current_scope(), enterprise_id, entry_id)
    return render_template(
        "portal/book_correct.html",
        form=form,
        line=line,
        label=CATEGORIES[line.category],
        has_channels=bool(channels),
        back=back,
        take_back_url=url_for(".take_back", entry_id=entry_id, usaha=choice.asked),
    ), status


@blueprint.route("/catatan/<uuid:entry_id>/batalkan", methods=_BOTH)
@requires(Permission.OWN_PAGE)
@pin_needed
def take_back(entry_id: UUID) -> ResponseReturnValue:
    """Say that a line never happened."""
    choice = _choice()
    enterprise_id = choice.chosen.id
    cash_entry(current_scope(), enterprise_id, entry_id)
    form = TakeBackForm()
    status = attempt(
        form,
        lambda: take_back_entry(
            entry_id=form.key,
            enterprise_id=enterprise_id,
            corrects_id=entry_id,
            reason=form.reason.data or "",
            **actor(),
        ),
    )
    back = url_for(".home", usaha=choice.asked)
    if status is None:
        flash("Catatan dibatalkan.", "success")
        return redirect(back, code=303)
    line = cash_entry(current_scope(), enterprise_id, entry_id)
    return render_template(
        "portal/book_take_back.html",
        form=form,
        line=line,
        label=CATEGORIES[line.category],
        back=back,
    ), status


def _choice() -> Choice:
    return own_choice(current_scope(), request.args.get("usaha"))
