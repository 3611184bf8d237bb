"""What a draft of the instrument would change, in one's own area."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_scope, requires
from app.core.permissions import Permission
from app.health.queries import trials
from app.health.queries.instrument_pages import version_page

blueprint = Blueprint(
    "instrument_trials", __name__, url_prefix="/instrumen/dampak", template_folder="../templates"
)


@blueprint.get("/<uuid:trial_id>")
@requires(Permission.INSTRUMENT_READ)
def show(trial_id: UUID) -> ResponseReturnValue:
    """From which class to which enterprises would go."""
    scope = current_scope()
    done = trials.trial(scope, trial_id)
    area = trials.area_of(scope, request.args.get("wilayah", ""))
    return render_template(
        "health/trial.html",
        trial=done,
        version=version_page(done.version_id),
        area=area,
        matrix=trials.matrix(scope, trial_id, area.code),
    )


@blueprint.get("/<uuid:trial_id>/usaha")
@requires(Permission.INSTRUMENT_READ)
def enterprises(trial_id: UUID) -> ResponseReturnValue:
    """The enterprises behind one of the numbers."""
    scope = current_scope()
    trials.trial(scope, trial_id)
    area = trials.area_of(scope, request.args.get("wilayah", ""))
    wanted = trials.wanted_of(request.args)
    page = trials.enterprises(scope, trial_id, area.code, wanted)
    return render_template(
        "health/trial_enterprises.html",
        trial_id=trial_id,
        area=area,
        wanted=wanted,
        lines=page.lines,
        next_url=url_for(
            ".enterprises",
            trial_id=trial_id,
            wilayah=area.code or None,
            dari=wanted.start or None,
            ke=wanted.end or None,
            setelah=page.next_cursor,
        )
        if page.next_cursor
        else None,
    )
