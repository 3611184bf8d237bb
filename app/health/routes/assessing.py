"""Making an assessment: one dimension a page, kept as a draft, recorded at the end."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.errors import NotFound, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries import enterprise as enterprise_within
from app.health import services
from app.health.forms import FinishForm, StepForm, dimension_form, start_form
from app.health.queries import DraftPage, current_instrument, draft_page
from app.health.rules.questionnaire import REVIEW, START

blueprint = Blueprint(
    "assessing", __name__, url_prefix="/penilaian/baru", template_folder="../templates"
)


@blueprint.route("/<uuid:enterprise_id>", methods=["GET", "POST"])
@requires(Permission.HEALTH_ASSESS)
def start(enterprise_id: UUID) -> ResponseReturnValue:
    """Facts about the enterprise, and the questions that are not scored."""
    page = _page(enterprise_id)
    if page.sector is None:
        return render_template("health/without_sector.html", page=page)
    form = start_form(page.sector, page.draft, is_start_known=page.is_start_known)
    if form.validate_on_submit():
        return _keep_and_go_on(page, form)
    return render_template("health/start.html", page=page, form=form), _status()


@blueprint.route("/<uuid:enterprise_id>/<step>", methods=["GET", "POST"])
@requires(Permission.HEALTH_ASSESS)
def dimension(enterprise_id: UUID, step: str) -> ResponseReturnValue:
    """The questions of one dimension."""
    if step not in {one.code.lower() for one in current_instrument().dimensions}:
        raise NotFound("step_unknown", message="Bagian ini tidak ditemukan.")
    page = _page(enterprise_id, step)
    if page.sector is None or page.dimension is None:
        return redirect(url_for(".start", enterprise_id=enterprise_id), code=303)
    form = dimension_form(
        current_instrument(), page.dimension, page.sector, page.draft, page.known, page.told
    )
    if form.validate_on_submit():
        return _keep_and_go_on(page, form)
    return render_template("health/dimension.html", page=page, form=form), _status()


@blueprint.route("/<uuid:enterprise_id>/periksa", methods=["GET", "POST"])
@requires(Permission.HEALTH_ASSESS)
def review(enterprise_id: UUID) -> ResponseReturnValue:
    """What is left, and the button that records the assessment."""
    page = _page(enterprise_id, REVIEW)
    if page.sector is None or not page.is_begun:
        return redirect(url_for(".start", enterprise_id=enterprise_id), code=303)
    form = FinishForm()
    if form.validate_on_submit():
        try:
            assessment_id = _finish(enterprise_id)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Penilaian dicatat.", "success")
            return redirect(url_for("health.show", assessment_id=assessment_id), code=303)
    return render_template("health/review.html", page=page, form=form), _status()


@blueprint.post("/<uuid:enterprise_id>/hapus")
@requires(Permission.HEALTH_ASSESS)
def discard(enterprise_id: UUID) -> ResponseReturnValue:
    """Throw the draft away."""
    with transaction():
        enterprise = enterprise_within(current_scope(), enterprise_id)
        services.discard_draft(enterprise_id=enterprise.id, account_id=current_account_id())
    flash("Rancangan penilaian dihapus.", "success")
    return redirect(url_for("health.enterprise", enterprise_id=enterprise_id), code=303)


def step_url(enterprise_id: UUID, step: str) -> str:
    """Where a page of the form stands."""
    if step == START:
        return url_for("assessing.start", enterprise_id=enterprise_id)
    if step == REVIEW:
        return url_for("assessing.review", enterprise_id=enterprise_id)
    return url_for("assessing.dimension", enterprise_id=enterprise_id, step=step)


blueprint.add_app_template_global(step_url, "assessment_step_url")


def _page(enterprise_id: UUID, step: str = START) -> DraftPage:
    return draft_page(current_scope(), enterprise_id, current_account_id(), step)


def _status() -> int:
    return 422 if request.method == "POST" else 200


def _keep_and_go_on(page: DraftPage, form: StepForm) -> ResponseReturnValue:
    """Keep what was filled in, then the next page, or back to the list when asked to stop."""
    with transaction():
        services.save_draft(
            enterprise_id=page.enterprise_id,
            account_id=current_account_id(),
            answers={**page.draft, **form.draft_values()},
        )
    if "berhenti" in request.form:
        flash("Rancangan disimpan. Anda dapat melanjutkan kapan saja.", "success")
        return redirect(url_for("health.enterprise", enterprise_id=page.enterprise_id), code=303)
    return redirect(step_url(page.enterprise_id, page.next_step), code=303)


def _finish(enterprise_id: UUID) -> UUID:
    with transaction():
        return services.finish_draft(
            scope=current_scope(), enterprise_id=enterprise_id, by=current_account_id()
        )
