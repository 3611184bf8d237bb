"""Visits: those of an enterprise, the form, one of them and its photo."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries import enterprise
from app.enterprises.rules.shown import is_expired, whereabouts
from app.files.responses import photo_response
from app.mentoring import services
from app.mentoring.forms import VisitForm, promises_form
from app.mentoring.queries import visits as queries
from app.mentoring.queries.checks import check_of
from app.mentoring.queries.confirmations import OwnersWord, owners_words
from app.mentoring.queries.visits import PromiseLine, VisitLine
from app.mentoring.routes.blueprint import blueprint
from app.mentoring.rules import NEXT_STEPS
from app.trainings.queries import pending_practices
from app.trainings.services import see_practice
from app.web.access import current_account_id, current_scope, may, requires
from app.web.errors import status_of


@blueprint.get("/usaha/<uuid:enterprise_id>/kunjungan")
@requires(Permission.VISIT_READ)
def enterprise_visits(enterprise_id: UUID) -> ResponseReturnValue:
    """The visits to one enterprise, what is promised, who has it in care."""
    scope, day = current_scope(), local_today()
    cursor = request.args.get("setelah")
    visits = queries.visits_of(scope, enterprise_id, today=day, cursor=cursor)
    here = url_for(".enterprise_visits", enterprise_id=enterprise_id)
    return render_template(
        "mentoring/enterprise_visits.html",
        row=enterprise(scope, enterprise_id),
        visits=visits.rows,
        first_url=here if cursor else None,
        next_url=f"{here}?setelah={visits.next_cursor}" if visits.next_cursor else None,
        promises=_open(enterprise_id),
        care=queries.care_of(scope, enterprise_id),
    )


@blueprint.get("/kunjungan/baru/<uuid:enterprise_id>")
@requires(Permission.VISIT_WRITE)
def new_visit(enterprise_id: UUID) -> ResponseReturnValue:
    """The form of a visit."""
    enterprise(current_scope(), enterprise_id)
    form = promises_form(_open(enterprise_id), pending_practices(enterprise_id))(formdata=None)
    form.fill_new()
    return _form(enterprise_id, form)


@blueprint.post("/kunjungan/baru/<uuid:enterprise_id>")
@requires(Permission.VISIT_WRITE)
def save_visit(enterprise_id: UUID) -> ResponseReturnValue:
    """Store a visit."""
    enterprise(current_scope(), enterprise_id)
    promises = _open(enterprise_id)
    form = promises_form(promises, pending_practices(enterprise_id))()
    if not form.validate_on_submit():
        return _form(enterprise_id, form), 422
    try:
        with transaction():
            services.record_visit(
                scope=current_scope(),
                report=form.report(enterprise_id, promises),
                by=current_account_id(),
                photo=form.photo.data.stream if form.photo.data else None,
            )
            _keep_practices(enterprise_id, form)
    except PulihError as refusal:
        form.add_errors(refusal, *refusal.values.get("also", ()))
        return _form(enterprise_id, form), status_of(refusal)
    flash("Kunjungan tersimpan.", "success")
    next_step = NEXT_STEPS.get(form.outcome.data)
    if next_step is not None:
        flash(next_step.text, "warning")
    return redirect(url_for(".enterprise_visits", enterprise_id=enterprise_id), code=303)


@blueprint.get("/kunjungan/<uuid:visit_id>")
@requires(Permission.VISIT_READ)
def show_visit(visit_id: UUID) -> ResponseReturnValue:
    """One visit, whole."""
    visit = queries.visit(current_scope(), visit_id, today=local_today())
    return render_template(
        "mentoring/visit.html",
        visit=visit,
        # How a mentor's work is looked at is a matter between them and the officers.
        check=check_of(visit_id)
        if visit.visitor_id == current_account_id() or may(Permission.VISIT_VERIFY)
        else None,
        is_own=visit.visitor_id == current_account_id(),
        said=_owners_word(visit),
    )


@blueprint.get("/kunjungan/<uuid:visit_id>/foto")
@requires(Permission.VISIT_READ)
def visit_photo(visit_id: UUID) -> ResponseReturnValue:
    """The photo of a visit."""
    return photo_response(queries.visit(current_scope(), visit_id, today=local_today()).photo_id)


@blueprint.get("/kunjungan/<uuid:visit_id>/foto/<uuid:photo_id>")
@requires(Permission.VISIT_READ)
def announced_photo(visit_id: UUID, photo_id: UUID) -> ResponseReturnValue:
    """One of the photos that a phone announced with a visit."""
    return photo_response(queries.photo_of_visit(current_scope(), visit_id, photo_id))


def _owners_word(visit: VisitLine) -> OwnersWord | None:
    """What the owner says of a visit; that nobody came is for the office, not for who visited."""
    is_office = may(Permission.VISIT_VERIFY) and visit.visitor_id != current_account_id()
    return owners_words([visit.id], is_office=is_office).get(visit.id)


def _keep_practices(enterprise_id: UUID, form: VisitForm) -> None:
    for session_id, state in form.practices_seen().items():
        see_practice(
            session_id=session_id,
            enterprise_id=enterprise_id,
            state=state,
            scope=current_scope(),
            by=current_account_id(),
        )


def _open(enterprise_id: UUID) -> list[PromiseLine]:
    day = local_today()
    return [queries.promise_line(one, today=day) for one in queries.open_promises(enterprise_id)]


def _form(enterprise_id: UUID, form: VisitForm) -> str:
    # Read again: after a refusal the transaction has let go of what was read before.
    row = enterprise(current_scope(), enterprise_id)
    return render_template(
        "mentoring/visit_form.html",
        form=form,
        row=row,
        is_expired=is_expired(row.health_valid_until, local_today()),
        whereabouts=whereabouts(row.hamlet, row.address),
        proposal=queries.proposal(row, today=local_today()),
    )
