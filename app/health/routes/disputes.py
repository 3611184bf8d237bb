"""Objections and settled classes: recording, answering, deciding, and their lists."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.health import queries
from app.health.forms.disputes import AnswerForm, DecideClassForm, ObjectionForm, ProposeClassForm
from app.health.services import disputes as services

objections = Blueprint("objections", __name__, template_folder="../templates")
settlements = Blueprint("settlements", __name__, template_folder="../templates")


@objections.get("/keberatan")
@requires(Permission.HEALTH_SETTLE)
def index() -> ResponseReturnValue:
    """Objections that wait for an answer."""
    scope, cursor = current_scope(), request.args.get("setelah")
    found = queries.open_objections(scope, by=current_account_id(), cursor=cursor)
    return render_template(
        "health/objections.html",
        page=found,
        count=queries.open_objection_count(scope),
        next_url=found.next_cursor and url_for(".index", setelah=found.next_cursor),
    )


@objections.route("/penilaian/<uuid:assessment_id>/keberatan", methods=["GET", "POST"])
@requires(Permission.OBJECTION_RECORD)
def create(assessment_id: UUID) -> ResponseReturnValue:
    """Write an objection down."""
    result = queries.result(current_scope(), assessment_id)
    form = ObjectionForm()
    if form.validate_on_submit():
        try:
            with transaction():
                services.record_objection(
                    scope=current_scope(),
                    assessment_id=assessment_id,
                    key=form.key,
                    by=current_account_id(),
                    **form.values(),
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Keberatan dicatat. Petugas akan menjawabnya.", "success")
            return _to_health(result.enterprise_id)
    return render_template("health/objection_form.html", result=result, form=form), _status()


@objections.route("/keberatan/<uuid:objection_id>", methods=["GET", "POST"])
@requires(Permission.HEALTH_SETTLE)
def answer(objection_id: UUID) -> ResponseReturnValue:
    """One objection, and its answer."""
    found = queries.objection(current_scope(), objection_id, by=current_account_id())
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            with transaction():
                services.answer_objection(
                    scope=current_scope(),
                    objection_id=objection_id,
                    by=current_account_id(),
                    **form.values(),
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Jawaban disimpan. Sampaikan juga kepada pemilik.", "success")
            return redirect(url_for(".index"), code=303)
    return render_template("health/objection.html", objection=found, form=form), _status()


@settlements.get("/usulan-kelas", endpoint="index")
@requires(Permission.HEALTH_SETTLE)
def index_of_classes() -> ResponseReturnValue:
    """Proposed classes that wait for a second person."""
    scope, cursor = current_scope(), request.args.get("setelah")
    found = queries.open_settlements(scope, by=current_account_id(), cursor=cursor)
    return render_template(
        "health/settlements.html",
        page=found,
        count=queries.open_settlement_count(scope),
        next_url=found.next_cursor and url_for(".index", setelah=found.next_cursor),
    )


@settlements.route("/penilaian/<uuid:assessment_id>/kelas-lain", methods=["GET", "POST"])
@requires(Permission.HEALTH_SETTLE)
def propose(assessment_id: UUID) -> ResponseReturnValue:
    """Propose another class than the computed one."""
    result = queries.result(current_scope(), assessment_id)
    form = ProposeClassForm()
    if form.validate_on_submit():
        try:
            with transaction():
                services.propose_class(
                    scope=current_scope(),
                    assessment_id=assessment_id,
                    by=current_account_id(),
                    **form.values(),
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Usulan dicatat. Petugas lain perlu memutuskannya.", "success")
            return _to_health(result.enterprise_id)
    return render_template("health/settle_form.html", result=result, form=form), _status()


@settlements.route("/usulan-kelas/<uuid:settled_id>", methods=["GET", "POST"])
@requires(Permission.HEALTH_SETTLE)
def decide(settled_id: UUID) -> ResponseReturnValue:
    """One proposed class, for the second person."""
    found = queries.settled(current_scope(), settled_id, by=current_account_id())
    form = DecideClassForm()
    if form.validate_on_submit():
        said = form.values()
        try:
            with transaction():
                services.decide_class(
                    scope=current_scope(),
                    settled_id=settled_id,
                    is_agreed=bool(said["is_agreed"]),
                    note=said["note"] or "",
                    by=current_account_id(),
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Keputusan disimpan.", "success")
            return redirect(url_for(".index"), code=303)
    return render_template("health/settlement.html", settled=found, form=form), _status()


def _to_health(enterprise_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("health.enterprise", enterprise_id=enterprise_id), code=303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
