"""Pages of areas: search, browsing, the programmes of a village."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, Flask, flash, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.places import queries, services
from app.places.forms import ProgramChangeForm, ProgramForm
from app.places.rules import OTHER_PROGRAM
from app.web.access import current_account_id, current_scope, may, requires
from app.web.forms import PlaceDirectory, PlaceMatch, register_places

blueprint = Blueprint("places", __name__, template_folder="templates", url_prefix="/wilayah")
blueprints = [blueprint]

_CODE = "<string(maxlength=13):code>"


def _matches(text: str) -> list[PlaceMatch]:
    hits = queries.search_villages(text)
    return _in_use(hits, queries.heirs_of(hit.code for hit in hits))


def _in_use(
    hits: Sequence[queries.VillageHit], heirs: Mapping[str, Sequence[tuple[str, str]]]
) -> list[PlaceMatch]:
    """What was found, each village that isn't used any more replaced by those that came of it."""
    found = {
        code: label for hit in hits for code, label in heirs.get(hit.code, ((hit.code, hit.label),))
    }
    return [PlaceMatch(code=code, label=label) for code, label in found.items()]


def _village_label(code: str) -> str | None:
    found = queries.find_area(code)
    return found.label if found is not None and found.is_village else None


@blueprint.record
def _serve_place_boxes(state: BlueprintSetupState) -> None:
    # The village boxes of all forms look villages up here.
    directory = PlaceDirectory(search=_matches, label=_village_label, current=queries.current_code)
    register_places(cast("Flask", state.app), directory)


@blueprint.get("")
@requires(Permission.PLACE_READ)
def index() -> ResponseReturnValue:
    """The provinces."""
    may_decree = may(Permission.AREA_DECREE)
    return render_template("places/index.html", areas=queries.children(), may_decree=may_decree)


@blueprint.get("/cari")
@requires(Permission.PLACE_READ)
def search() -> ResponseReturnValue:
    """Villages that a text may mean: JSON for the village box, else a page."""
    text = request.args.get("q", "")[:200]
    hits = queries.search_villages(text, within=request.args.get("dalam", "")[:13])
    heirs = queries.heirs_of(hit.code for hit in hits)
    if _wants_json():
        found = [{"code": one.code, "label": one.label} for one in _in_use(hits, heirs)]
        return jsonify(matches=found)
    return render_template("places/search.html", text=text, hits=hits, heirs=heirs)


@blueprint.get(f"/{_CODE}")
@requires(Permission.PLACE_READ)
def show(code: str) -> ResponseReturnValue:
    """One area: what lies in it, and a village's programmes."""
    area = queries.area(code)
    return render_template(
        "places/show.html",
        area=area,
        heirs=queries.heirs_of([code]).get(code, ()),
        origins=queries.origins_of(code),
        trail=_trail(code),
        children=queries.children(code),
        programs=queries.village_programs(code),
        may_edit=area.is_village and may(Permission.PLACE_PROGRAM),
    )


@blueprint.route(f"/{_CODE}/program/baru", methods=["GET", "POST"])
@requires(Permission.PLACE_PROGRAM)
def add_program(code: str) -> ResponseReturnValue:
    """Note that a village is in a programme."""
    form = ProgramForm()
    if form.validate_on_submit():
        try:
            with transaction():
                services.add_program(village_code=code, **form.values(), **_actor())
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Program dicatat.", "success")
            return redirect(url_for(".show", code=code), code=303)
    return _form_page("places/program_new.html", code, form)


@blueprint.route(f"/{_CODE}/program/<uuid:program_id>", methods=["GET", "POST"])
@requires(Permission.PLACE_PROGRAM)
def change_program(code: str, program_id: UUID) -> ResponseReturnValue:
    """Correct the year or name of a village's programme."""
    program = queries.village_program(code, program_id)
    form = ProgramChangeForm(obj=program)
    if form.validate_on_submit():
        try:
            with transaction():
                services.change_program(
                    village_code=code, program_id=program_id, **form.values(), **_actor()
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Program diubah.", "success")
            return redirect(url_for(".show", code=code), code=303)
    return _form_page(
        "places/program.html",
        code,
        form,
        program_id=program_id,
        program_label=queries.program_label(program),
        has_name=program.program == OTHER_PROGRAM,
    )


@blueprint.post(f"/{_CODE}/program/<uuid:program_id>/hapus")
@requires(Permission.PLACE_PROGRAM)
def remove_program(code: str, program_id: UUID) -> ResponseReturnValue:
    """Take back that a village is in a programme."""
    with transaction():
        services.remove_program(village_code=code, program_id=program_id, **_actor())
    flash("Program dihapus.", "success")
    return redirect(url_for(".show", code=code), code=303)


def _form_page(template: str, code: str, form: Any, **values: Any) -> ResponseReturnValue:
    services.must_reach(code, current_scope())
    page = render_template(
        template, area=queries.area(code), trail=_trail(code, with_self=True), form=form, **values
    )
    return page, 422 if form.is_submitted() else 200


def _actor() -> dict[str, Any]:
    return {"scope": current_scope(), "by": current_account_id()}


def _trail(code: str, *, with_self: bool = False) -> list[tuple[str, str]]:
    above = queries.ancestors(code)
    shown = [*above, queries.area(code)] if with_self else above
    links = [(area.name, url_for(".show", code=area.code)) for area in shown]
    return [("Wilayah", url_for(".index")), *links]


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"
