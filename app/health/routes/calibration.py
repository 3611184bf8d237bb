"""Whether the classes foretell who is still trading, in one's own area."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_scope, requires
from app.core.permissions import Permission
from app.health.queries import calibration as queries
from app.health.queries import trials
from app.health.rules.calibration import FOLLOW_UP_DAYS, OUTCOME_WORDS
from app.health.rules.explain import CLASS_WORDS

blueprint = Blueprint(
    "calibration", __name__, url_prefix="/instrumen/tindak-lanjut", template_folder="../templates"
)

_CLASS_WORDS = {str(code): words for code, words in CLASS_WORDS.items()}
_PAGE = 100


@blueprint.get("")
@requires(Permission.INSTRUMENT_READ)
def show() -> ResponseReturnValue:
    """The share still trading half a year after, by class."""
    scope = current_scope()
    area = trials.area_of(scope, request.args.get("wilayah", ""))
    return render_template(
        "health/calibration.html",
        area=area,
        days=FOLLOW_UP_DAYS,
        report=queries.calibration(scope, area.code),
    )


@blueprint.get("/usaha")
@requires(Permission.INSTRUMENT_READ)
def enterprises() -> ResponseReturnValue:
    """The enterprises behind one of the numbers."""
    scope = current_scope()
    area = trials.area_of(scope, request.args.get("wilayah", ""))
    health_class = request.args.get("kelas", "")
    outcome = request.args.get("keadaan", "")
    health_class = health_class if health_class in _CLASS_WORDS else ""
    outcome = outcome if outcome in OUTCOME_WORDS else ""
    found = queries.followed_enterprises(
        scope, area.code, health_class=health_class, outcome=outcome
    )
    begin = request.args.get("mulai", 0, type=int)
    begin = begin if 0 <= begin < len(found) else 0
    return render_template(
        "health/calibration_enterprises.html",
        area=area,
        words=[*filter(None, (_CLASS_WORDS.get(health_class), OUTCOME_WORDS.get(outcome)))],
        outcome_words=OUTCOME_WORDS,
        lines=found[begin : begin + _PAGE],
        total=len(found),
        next_url=url_for(
            ".enterprises",
            wilayah=area.code or None,
            kelas=health_class or None,
            keadaan=outcome or None,
            mulai=begin + _PAGE,
        )
        if begin + _PAGE < len(found)
        else None,
    )
