"""Looking at reports of visits: the queue, accepting, giving back, answering."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.mentoring import services
from app.mentoring.forms import AnswerForm, ReturnForm
from app.mentoring.queries import checks as queries
from app.mentoring.queries import visits
from app.mentoring.queries.mentors import mentor_lines
from app.mentoring.routes.asked import id_of
from app.mentoring.routes.blueprint import blueprint
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

AT_ONCE = 200


@blueprint.get("/pemeriksaan-kunjungan")
@requires(Permission.VISIT_VERIFY)
def check_queue() -> ResponseReturnValue:
    """The visits that wait for a look, the most conspicuous first."""
    scope, viewer = current_scope(), current_account_id()
    mentor = id_of(request.args.get("pendamping", ""))
    found = queries.queue(scope, viewer=viewer, mentor=mentor, cursor=request.args.get("setelah"))
    return render_template(
        "mentoring/check_queue.html",
        page=found,
        mentor=mentor,
        mentors=mentor_lines(scope),
        count=queries.waiting_count(scope, mentor=mentor),
        unmarked=len(queries.unmarked(scope, viewer=viewer, mentor=mentor, limit=AT_ONCE)),
    )


@blueprint.post("/pemeriksaan-kunjungan/<uuid:visit_id>/terima")
@requires(Permission.VISIT_VERIFY)
def accept_visit(visit_id: UUID) -> ResponseReturnValue:
    """Accept one report."""
    with transaction():
        services.accept_visits(scope=current_scope(), visit_ids=[visit_id], by=current_account_id())
    return _back_to_queue("Kunjungan diterima.")


@blueprint.post("/pemeriksaan-kunjungan/terima-tanpa-tanda")
@requires(Permission.VISIT_VERIFY)
def accept_unmarked() -> ResponseReturnValue:
    """Accept all reports that carry no sign."""
    scope, by = current_scope(), current_account_id()
    mentor = id_of(request.form.get("pendamping", ""))
    with transaction():
        ids = queries.unmarked(scope, viewer=by, mentor=mentor, limit=AT_ONCE)
        count = services.accept_visits(scope=scope, visit_ids=ids, by=by)
    return _back_to_queue(f"{count} kunjungan tanpa tanda diterima.")


@blueprint.get("/pemeriksaan-kunjungan/<uuid:visit_id>/kembalikan")
@requires(Permission.VISIT_VERIFY)
def return_form(visit_id: UUID) -> ResponseReturnValue:
    """What to ask the mentor about a report."""
    return _return_page(visit_id, ReturnForm(formdata=None))


@blueprint.post("/pemeriksaan-kunjungan/<uuid:visit_id>/kembalikan")
@requires(Permission.VISIT_VERIFY)
def return_visit(visit_id: UUID) -> ResponseReturnValue:
    """Give one report back with a note."""
    form = ReturnForm()
    if not form.validate_on_submit():
        return _return_page(visit_id, form), 422
    try:
        with transaction():
            services.return_visit(
                scope=current_scope(),
                visit_id=visit_id,
                note=form.note.data,
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _return_page(visit_id, form), status_of(refusal)
    return _back_to_queue("Kunjungan dikembalikan kepada pendamping.")


@blueprint.get("/kunjungan/<uuid:visit_id>/jawab")
@requires(Permission.CASELOAD_READ)
def answer_form(visit_id: UUID) -> ResponseReturnValue:
    """The officer's note on one's own visit."""
    return _answer_page(visit_id, AnswerForm(formdata=None))


@blueprint.post("/kunjungan/<uuid:visit_id>/jawab")
@requires(Permission.CASELOAD_READ)
def answer_visit(visit_id: UUID) -> ResponseReturnValue:
    """Answer the note."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _answer_page(visit_id, form), 422
    with transaction():
        services.answer_visit(
            visit_id=visit_id, answer=form.values()["answer"], by=current_account_id()
        )
    flash("Jawaban terkirim ke petugas.", "success")
    return redirect(url_for(".today"), code=303)


def _back_to_queue(message: str) -> ResponseReturnValue:
    flash(message, "success")
    mentor = id_of(request.form.get("pendamping", ""))
    return redirect(url_for(".check_queue", pendamping=mentor), code=303)


def _return_page(visit_id: UUID, form: ReturnForm) -> str:
    return render_template(
        "mentoring/return_visit.html",
        form=form,
        visit=visits.visit(current_scope(), visit_id, today=local_today()),
        check=queries.check_of(visit_id),
    )


def _answer_page(visit_id: UUID, form: AnswerForm) -> str:
    return render_template(
        "mentoring/answer_visit.html",
        form=form,
        line=queries.own_line(current_account_id(), visit_id, current_scope()),
        check=queries.check_of(visit_id),
    )
