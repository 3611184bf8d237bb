"""How far a job is."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from app.core.permissions import Permission
from app.jobs.queries import job_page
from app.web.access import current_scope, requires

blueprint = Blueprint("jobs", __name__, url_prefix="/pekerjaan", template_folder="templates")
blueprints = [blueprint]


@blueprint.get("/<uuid:job_id>")
@requires(Permission.JOB_READ)
def show(job_id: UUID) -> ResponseReturnValue:
    """The page of one job; its maker and the officers of its area find it."""
    return render_template("jobs/show.html", job=job_page(current_scope(), job_id))


@blueprint.get("/<uuid:job_id>.json")
@requires(Permission.JOB_READ)
def progress(job_id: UUID) -> ResponseReturnValue:
    """The same as figures, for the script that keeps the page fresh."""
    job = job_page(current_scope(), job_id)
    return jsonify(
        state=job.state,
        is_over=job.is_finished,
        done=job.done,
        total=job.total,
        percent=job.percent,
        message=job.message or job.state_label,
        next_url=job.next_url,
    )
