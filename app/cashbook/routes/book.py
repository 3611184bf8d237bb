"""The cash book of an enterprise: its months, its lines, what is owed, counts and the habit."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.cashbook.forms.entries import (
    CountForm,
    EntryForm,
    HabitForm,
    SettleForm,
    TakeBackForm,
    shown_line,
)
from app.cashbook.queries.book import book_channels, book_head, book_page, habit_of, owed_line
from app.cashbook.queries.lines import SHOWN_LINES, SUM_LABELS, book_lines
from app.cashbook.queries.reach import cash_entry
from app.cashbook.rules.echoes import echo, sum_in_words
from app.cashbook.rules.entries import CATEGORIES, MENTOR
from app.cashbook.services.counts import record_count
from app.cashbook.services.entries import Written, correct_entry, record_entry, take_back_entry
from app.cashbook.services.habits import save_habit
from app.core.clock import local_today
from app.core.months import add_months, first_of, month_named
from app.core.permissions import Permission
from app.files.responses import photo_response
from app.files.services import store_photo
from app.web.access import current_account_id, current_scope, requires
from app.web.saving import actor, attempt

blueprint = Blueprint(
    "cash_book",
    __name__,
    url_prefix="/usaha/<uuid:enterprise_id>/buku",
    template_folder="../templates",
)
_BOTH = ["GET", "POST"]
_MOST_PAGES = 1_000


@blueprint.get("")
@requires(Permission.CASHBOOK_READ)
def enterprise(enterprise_id: UUID) -> ResponseReturnValue:
    """One month, with its sums and lines."""
    today = local_today()
    month = month_named(request.args.get("bulan", "")) or first_of(today)
    page = book_page(current_scope(), enterprise_id, month=month, today=today)
    what = request.args.get("angka", "")
    number, struck = _page_number(), "dibetulkan" in request.args
    found = book_lines(
        current_scope(),
        enterprise_id,
        month=month,
        offset=number * SHOWN_LINES,
        with_struck=struck,
        what=what,
    )
    here: dict[str, Any] = {"enterprise_id": enterprise_id, "bulan": f"{month:%Y-%m}"}
    shown = {**here, "angka": what or None, "dibetulkan": "ya" if struck else None}
    return render_template(
        "cashbook/book.html",
        page=page,
        found=found,
        struck=struck,
        what=SUM_LABELS.get(what, ""),
        here=here,
        earlier=_month_url(enterprise_id, month, -1) if page.has_earlier else None,
        later=_month_url(enterprise_id, month, 1) if month < first_of(today) else None,
        previous_url=url_for(".enterprise", **shown, halaman=number - 1) if number else None,
        next_url=url_for(".enterprise", **shown, halaman=number + 1) if found.has_more else None,
    )


@blueprint.route("/catat", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def add(enterprise_id: UUID) -> ResponseReturnValue:
    """Write a line, with all that can be said of it."""
    head = book_head(current_scope(), enterprise_id)
    form = EntryForm(data={"happened_on": local_today()})
    form.offer(book_channels(enterprise_id))
    written: list[Written] = []

    def save() -> None:
        said = {**form.said(), "photo_id": _stored(form)}
        written.append(
            record_entry(
                way=MENTOR, entry_id=form.key, enterprise_id=enterprise_id, **said, **actor()
            )
        )

    status = attempt(form, save)
    if status is None:
        return _back(form, enterprise_id, written[0])
    return render_template("cashbook/entry_form.html", form=form, head=head, line=None), status


@blueprint.route("/catatan/<uuid:entry_id>/betulkan", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def correct(enterprise_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Write a line that stands in place of another."""
    head = book_head(current_scope(), enterprise_id)
    line = cash_entry(current_scope(), enterprise_id, entry_id)
    kept = {"settles_id": line.settles_id, "photo_id": line.photo_id}
    form = EntryForm(obj=line, data=shown_line(line))
    form.offer(book_channels(enterprise_id))
    written: list[Written] = []

    def save() -> None:
        said = {**form.said(), **kept, "photo_id": _stored(form) or kept["photo_id"]}
        written.append(
            correct_entry(
                way=MENTOR,
                entry_id=form.key,
                enterprise_id=enterprise_id,
                corrects_id=entry_id,
                **said,
                **actor(),
            )
        )

    status = attempt(form, save)
    if status is None:
        return _back(form, enterprise_id, written[0])
    line = cash_entry(current_scope(), enterprise_id, entry_id)
    return render_template("cashbook/entry_form.html", form=form, head=head, line=line), status


@blueprint.route("/catatan/<uuid:entry_id>/batalkan", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def take_back(enterprise_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Say that a line never happened."""
    head = book_head(current_scope(), enterprise_id)
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
    line = cash_entry(current_scope(), enterprise_id, entry_id)
    if status is None:
        flash("Catatan dibatalkan. Tulisannya tetap terlihat, dicoret.", "success")
        return redirect(_month_url(enterprise_id, line.happened_on, 0), code=303)
    label = CATEGORIES[line.category]
    return render_template(
        "cashbook/take_back.html", form=form, head=head, line=line, label=label
    ), status


@blueprint.route("/catatan/<uuid:entry_id>/lunas", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def settle(enterprise_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Note what was paid of an owed line."""
    head = book_head(current_scope(), enterprise_id)
    line = owed_line(current_scope(), enterprise_id, entry_id)
    form = SettleForm(data={"happened_on": local_today(), "amount": line.left})

    def save() -> None:
        record_entry(
            way=MENTOR,
            entry_id=form.key,
            enterprise_id=enterprise_id,
            happened_on=form.happened_on.data or local_today(),
            category=line.category,
            amount=form.amount.data or 0,
            settles_id=entry_id,
            note=form.note.data or "",
            **actor(),
        )

    status = attempt(form, save)
    if status is None:
        flash(f"Pembayaran tersimpan: {sum_in_words(form.amount.data or 0)}.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("cashbook/settle.html", form=form, head=head, line=line), status


@blueprint.get("/catatan/<uuid:entry_id>/foto")
@requires(Permission.CASHBOOK_READ)
def photo(enterprise_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """The slip of a line."""
    return photo_response(cash_entry(current_scope(), enterprise_id, entry_id).photo_id)


@blueprint.route("/hitung-kas", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def count(enterprise_id: UUID) -> ResponseReturnValue:
    """Note how much cash is at hand."""
    today = local_today()
    page = book_page(current_scope(), enterprise_id, month=today, today=today)
    form = CountForm(data={"counted_on": today})
    status = attempt(
        form,
        lambda: record_count(
            count_id=form.key,
            enterprise_id=enterprise_id,
            counted_on=form.counted_on.data or today,
            amount=form.amount.data or 0,
            **actor(),
        ),
    )
    if status is None:
        flash(f"Uang kas tersimpan: {sum_in_words(form.amount.data or 0)}.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("cashbook/count.html", form=form, page=page, head=page.head), status


@blueprint.route("/hari-buka", methods=_BOTH)
@requires(Permission.CASHBOOK_WRITE)
def habit(enterprise_id: UUID) -> ResponseReturnValue:
    """Say on which days the enterprise is open."""
    head = book_head(current_scope(), enterprise_id)
    known = habit_of(enterprise_id)
    form = HabitForm(
        data={
            "days": [str(day) for day in known.open_weekdays],
            "is_seasonal": known.is_seasonal,
            "version": known.version,
        }
    )
    status = attempt(
        form,
        lambda: save_habit(
            enterprise_id=enterprise_id,
            open_weekdays=[int(day) for day in form.days.data or ()],
            is_seasonal=bool(form.is_seasonal.data),
            version=form.seen,
            **actor(),
        ),
    )
    if status is None:
        flash("Hari buka tersimpan.", "success")
        return redirect(url_for(".enterprise", enterprise_id=enterprise_id), code=303)
    return render_template("cashbook/habit.html", form=form, head=head), status


def _stored(form: EntryForm) -> UUID | None:
    return (
        store_photo(form.photo.data.stream, by=current_account_id()).id if form.photo.data else None
    )


def _back(form: EntryForm, enterprise_id: UUID, written: Written) -> ResponseReturnValue:
    day = form.happened_on.data or local_today()
    words = echo(form.category.data or "", form.amount.data or 0, day)
    place = "Tersimpan di catatan kanal" if written.payment_id else "Tersimpan"
    flash(f"{place}: {words}.", "success")
    return redirect(_month_url(enterprise_id, day, 0), code=303)


def _month_url(enterprise_id: UUID, month: date, steps: int) -> str:
    there = add_months(first_of(month), steps)
    return url_for(".enterprise", enterprise_id=enterprise_id, bulan=f"{there:%Y-%m}")


def _page_number() -> int:
    asked = request.args.get("halaman", "0")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 6
    return min(int(asked), _MOST_PAGES) if is_number else 0
