"""Deciding many proposals on one page, each by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.errors import Conflict, InvalidInput, NotFound, PulihError, WrongState
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.interventions import queries, services
from app.interventions.forms import QueueRowForm, RefusalForm, row_form
from app.interventions.routes.blueprint import blueprint
from app.interventions.routes.steps import actor

_QUEUE = "/terapi/persetujuan"
_REFUSE = "tolak"
_TICKED = "semua"


@dataclass(slots=True)
class _Outcome:
    """What came of one press of a button: how many went through, which forms are left."""

    done: int = 0
    left: dict[UUID, QueueRowForm] = field(default_factory=dict)
    changed: set[UUID] = field(default_factory=set)
    faults: int = 0


@blueprint.get(_QUEUE)
@requires(Permission.INTERVENTION_DECIDE)
def queue() -> ResponseReturnValue:
    """The proposals that wait, with what speaks for and against each."""
    wanted = _wanted(request.args)
    page = queries.queue(current_scope(), wanted, cursor=request.args.get("sesudah"))
    is_ticked = request.args.get("centang") == _TICKED
    room = {row.enterprise_id: row.offer.room for row in page.rows}
    forms = {}
    for row in page.rows:
        # As many as the plan has room for: ticking more would only be refused.
        is_chosen = is_ticked and row.is_plain and room[row.enterprise_id] > 0
        room[row.enterprise_id] -= is_chosen
        forms[row.id] = _form(row, None, is_chosen=is_chosen)
    return _page(page.rows, forms, RefusalForm(formdata=None), wanted, page.next_cursor), 200


@blueprint.post(_QUEUE)
@requires(Permission.INTERVENTION_DECIDE)
def decide_queue() -> ResponseReturnValue:
    """Decide what is ticked, one by one; what can't be is given back with its reason."""
    refusal = RefusalForm()
    is_refusing = request.form.get("langkah") == _REFUSE
    if is_refusing and not (refusal.validate() and refusal.reason.data):
        refusal.add_errors(InvalidInput("reason_missing", field="reason", message="Isi alasannya."))
        rows = queries.queue_rows(current_scope(), _posted_ids())
        forms = {row.id: _form(row, request.form) for row in rows}
        return _page(rows, forms, refusal, _wanted(request.args), None), 422
    outcome = _decide_each(reason=refusal.reason.data if is_refusing else None)
    word = "ditolak" if is_refusing else "disetujui"
    if outcome.done:
        flash(f"{outcome.done} usulan {word}.", "success")
    if not outcome.faults:
        if not outcome.done:
            flash("Belum ada usulan yang dicentang.", "warning")
        return redirect(url_for(".queue", **_words(_wanted(request.args))), code=303)
    flash(f"{outcome.faults} usulan belum dapat {word}. Alasannya ada di bawah.", "error")
    rows = queries.queue_rows(current_scope(), outcome.left)
    forms = {
        row.id: _form(row, None) if row.id in outcome.changed else outcome.left[row.id]
        for row in rows
    }
    for row in rows:
        if row.id in outcome.changed:
            forms[row.id].form_errors.extend(outcome.left[row.id].form_errors)
    return _page(rows, forms, refusal, _wanted(request.args), None), 409


def _decide_each(*, reason: str | None) -> _Outcome:
    """Take each ticked row in a transaction of its own, in the order of the page."""
    outcome = _Outcome()
    rows = {row.id: row for row in queries.queue_rows(current_scope(), _posted_ids())}
    forms = {key: _form(row, request.form) for key, row in rows.items()}
    for key in _posted_ids():
        form = forms.get(key)
        if form is None or not form.chosen.data:
            if form is not None:
                outcome.left[key] = form
            continue
        if _decided(key, form, reason, outcome):
            outcome.done += 1
            continue
        outcome.faults += 1
        outcome.left[key] = form
    return outcome


def _decided(key: UUID, form: QueueRowForm, reason: str | None, outcome: _Outcome) -> bool:
    if reason is None and not form.validate():
        return False
    step = {"intervention_id": key, "version": form.seen_version, **actor()}
    try:
        with transaction():
            if reason is not None:
                services.refuse(**step, reason=reason)
            else:
                services.approve(
                    **step, details=form.details(), gates_checked=form.gates_checked.data
                )
    except (Conflict, InvalidInput, NotFound, WrongState) as refusal:
        _note_fault(key, form, refusal, outcome)
        return False
    return True


def _note_fault(key: UUID, form: QueueRowForm, refusal: PulihError, outcome: _Outcome) -> None:
    form.add_errors(refusal)
    if refusal.code == "intervention_changed":
        # Saving what was typed here would silently undo what the other person said.
        outcome.changed.add(key)


def _form(
    row: queries.QueueRow, posted: Mapping[str, str] | None, *, is_chosen: bool = False
) -> QueueRowForm:
    offer = row.offer
    return row_form(
        row.id,
        posted=posted,
        defaults=offer.defaults,
        people=queries.people(offer.mentor_id, current_account_id(), offer.responsible_id),
        is_chosen=is_chosen,
    )


def _page(
    rows: Sequence[queries.QueueRow],
    forms: Mapping[UUID, QueueRowForm],
    refusal: RefusalForm,
    wanted: queries.QueueFilter,
    next_cursor: str | None,
) -> str:
    scope = current_scope()
    words = _words(wanted)
    return render_template(
        "interventions/queue.html",
        lines=[(row, forms[row.id]) for row in rows],
        refusal=refusal,
        wanted=wanted,
        total=queries.waiting_count(scope, wanted),
        therapies=queries.waiting_therapies(scope),
        classes=queries.CLASS_CHOICES.items(),
        action=url_for(".queue", **words),
        tick_url=url_for(".queue", centang=_TICKED, sesudah=request.args.get("sesudah"), **words),
        next_url=next_cursor and url_for(".queue", sesudah=next_cursor, **words),
    )


def _posted_ids() -> list[UUID]:
    """The rows of the page that was sent, in its order; what is no id is passed over."""
    found = []
    for word in request.form.getlist("baris")[: queries.QUEUE_SIZE]:
        try:
            found.append(UUID(word))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _wanted(words: Mapping[str, str]) -> queries.QueueFilter:
    health_class, code = words.get("kelas", ""), words.get("terapi", "")
    known = dict(queries.therapy_choices())
    return queries.QueueFilter(
        health_class=health_class if health_class in queries.CLASS_CHOICES else "",
        therapy_code=code if code in known else "",
    )


def _words(wanted: queries.QueueFilter) -> dict[str, Any]:
    words = {"kelas": wanted.health_class, "terapi": wanted.therapy_code}
    return {name: word for name, word in words.items() if word}
