"""The board of assignments, and handing everything over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries.areas import ground
from app.enterprises.queries.choices import area_choices
from app.mentoring import services
from app.mentoring.forms import HandoverForm
from app.mentoring.queries import board as queries
from app.mentoring.queries.handover import leaving
from app.mentoring.queries.proposals import proposals
from app.mentoring.responses import drawn_board
from app.mentoring.routes.asked import id_of
from app.mentoring.routes.blueprint import blueprint
from app.places.queries import home_area
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

_TARGET = "tujuan-"


@blueprint.get("/penugasan")
@requires(Permission.MENTOR_MANAGE)
def board() -> ResponseReturnValue:
    """Who looks after which village, how full everybody is, how far they go."""
    scope, area = current_scope(), request.args.get("wilayah", "")
    shown, found = request.args.get("lihat", ""), queries.board(scope, area)
    has_map = shown == "peta"
    return render_template(
        "mentoring/board.html",
        board=found,
        map=drawn_board(found, ground(scope, area or home_area(scope))) if has_map else None,
        shown=shown,
        area=area,
        areas=area_choices(scope, area),
        by_mentor=shown == "pendamping",
        proposals=proposals(scope),
    )


@blueprint.get("/penugasan/desa/<string(maxlength=13):code>")
@requires(Permission.MENTOR_MANAGE)
def board_village(code: str) -> ResponseReturnValue:
    """The enterprises of a village, and the mentors to whom they could go."""
    page = queries.village_page(current_scope(), code)
    return render_template("mentoring/board_village.html", page=page)


@blueprint.get("/pendamping/<uuid:mentor_id>/serah-terima")
@requires(Permission.MENTOR_MANAGE)
def hand_over_form(mentor_id: UUID) -> ResponseReturnValue:
    """Everything a mentor carries, and to whom it would go."""
    form = HandoverForm(formdata=None, data={"last_on": local_today()})
    return _hand_over_page(mentor_id, form, request.args)


@blueprint.post("/pendamping/<uuid:mentor_id>/serah-terima")
@requires(Permission.MENTOR_MANAGE)
def hand_over(mentor_id: UUID) -> ResponseReturnValue:
    """Give everything to others in one action."""
    if "hitung" in request.form:
        chosen: dict[str, Any] = {
            f"{_TARGET}{code}": mentor for code, mentor in _targets(request.form).items()
        }
        return redirect(url_for(".hand_over_form", mentor_id=mentor_id, **chosen), code=303)
    form = HandoverForm()
    if not form.validate_on_submit():
        return _hand_over_page(mentor_id, form, request.form), 422
    values = form.values()
    try:
        with transaction():
            passed = services.hand_over(
                scope=current_scope(),
                mentor_id=mentor_id,
                targets=_targets(request.form),
                by=current_account_id(),
                **values,
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _hand_over_page(mentor_id, form, request.form), status_of(refusal)
    flash(passed.text, "success")
    return redirect(url_for(".show_mentor", mentor_id=mentor_id), code=303)


@blueprint.post("/pendamping/<uuid:mentor_id>/bertugas-lagi")
@requires(Permission.MENTOR_MANAGE)
def take_back(mentor_id: UUID) -> ResponseReturnValue:
    """Let a mentor who had left work again."""
    with transaction():
        services.take_back(scope=current_scope(), mentor_id=mentor_id, by=current_account_id())
    flash("Pendamping ini bertugas lagi.", "success")
    return redirect(url_for(".show_mentor", mentor_id=mentor_id), code=303)


def _targets(words: MultiDict[str, str]) -> dict[str, UUID]:
    found = {
        name.removeprefix(_TARGET): id_of(word)
        for name, word in words.items()
        if name.startswith(_TARGET)
    }
    return {code: mentor for code, mentor in found.items() if mentor is not None}


def _hand_over_page(mentor_id: UUID, form: HandoverForm, words: MultiDict[str, str]) -> str:
    return render_template(
        "mentoring/hand_over.html",
        form=form,
        leaving=leaving(current_scope(), mentor_id, _targets(words)),
    )
