"""Pages of decrees: list, writing one down, what it moves, applying it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.decrees import queries, services
from app.decrees.forms import DecreeForm
from app.web.access import current_account_id, current_scope, requires
from app.web.filters import angka

blueprint = Blueprint(
    "decrees", __name__, template_folder="templates", url_prefix="/wilayah/keputusan"
)
blueprints = [blueprint]


@blueprint.before_request
def _whole_country_only() -> None:
    services.must_reach_country(current_scope())


@blueprint.get("")
@requires(Permission.AREA_DECREE)
def index() -> ResponseReturnValue:
    """All decrees."""
    return render_template("decrees/index.html", decrees=queries.decrees())


@blueprint.route("/baru", methods=["GET", "POST"])
@requires(Permission.AREA_DECREE)
def new() -> ResponseReturnValue:
    """Write a decree down; nothing moves yet."""
    form = DecreeForm()
    if form.validate_on_submit():
        try:
            with transaction():
                made = services.draft_decree(**form.values(), by=current_account_id()).id
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            return redirect(url_for(".show", decree_id=made), code=303)
    page = render_template("decrees/new.html", form=form)
    return page, 422 if form.is_submitted() else 200


@blueprint.get("/<uuid:decree_id>")
@requires(Permission.AREA_DECREE)
def show(decree_id: UUID) -> ResponseReturnValue:
    """A decree with what it moves, or what it moved."""
    decree = queries.decree(decree_id)
    return render_template(
        "decrees/show.html",
        decree=decree,
        lines=queries.lines_of(decree_id),
        preview=queries.preview(decree_id) if decree.applied_at is None else None,
    )


@blueprint.post("/<uuid:decree_id>/terapkan")
@requires(Permission.AREA_DECREE)
def apply(decree_id: UUID) -> ResponseReturnValue:
    """Move records and rights, once."""
    with transaction():
        done = services.apply_decree(decree_id=decree_id, by=current_account_id())
    flash(
        f"Keputusan diterapkan: {angka(done.enterprise_count)} usaha dan "
        f"{angka(done.membership_count)} peran dipindahkan.",
        "success",
    )
    return redirect(url_for(".show", decree_id=decree_id), code=303)


@blueprint.post("/<uuid:decree_id>/hapus")
@requires(Permission.AREA_DECREE)
def discard(decree_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    with transaction():
        services.discard_decree(decree_id=decree_id, by=current_account_id())
    flash("Rancangan dihapus.", "success")
    return redirect(url_for(".index"), code=303)
