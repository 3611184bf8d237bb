"""Doubles: searching, looking at two side by side, merging, undoing."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, current_scope, requires
from app.core.errors import NotFound, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.portal.queries.cards import is_card_lost
from app.quality.forms import SearchForm, merge_form
from app.quality.queries import pairs
from app.quality.services import finding, merging, undoing

_CARD_LOST = (
    "Pemiliknya punya dua kartu masuk. Yang berlaku kartu dari data yang disimpan. Tanyakan kartu "
    "mana yang dipegang; bila yang lain, buatkan kartu baru."
)
blueprint = Blueprint("quality", __name__, url_prefix="/mutu", template_folder="../templates")


@blueprint.get("")
@requires(Permission.QUALITY_MANAGE)
def index() -> ResponseReturnValue:
    """Pairs that may be one enterprise."""
    scope = current_scope()
    begin = max(request.args.get("mulai", 0, type=int), 0)
    total = pairs.open_pair_count(scope)
    after = begin + pairs.PAGE
    return render_template(
        "quality/pairs.html",
        form=SearchForm(),
        total=total,
        lines=pairs.open_pairs(scope, begin=begin),
        previous_url=url_for(".index", mulai=max(begin - pairs.PAGE, 0)) if begin else None,
        next_url=url_for(".index", mulai=after) if after < total else None,
    )


@blueprint.post("/cari")
@requires(Permission.QUALITY_MANAGE)
def search() -> ResponseReturnValue:
    """Begin a search in the background."""
    with transaction():
        job_id = finding.ask_search(scope=current_scope(), by=current_account_id())
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.route("/pasangan/<uuid:pair_id>", methods=["GET", "POST"])
@requires(Permission.QUALITY_MANAGE)
def pair(pair_id: UUID) -> ResponseReturnValue:
    """Two enterprises side by side, and their merging."""
    keep_second = request.args.get("simpan") == "kedua"
    found = pairs.comparison(current_scope(), pair_id, keep_second=keep_second)
    form = merge_form(found)
    if form.validate_on_submit():
        try:
            with transaction():
                is_lost = is_card_lost(kept_id=found.kept.id, gone_id=found.gone.id)
                merging.merge(
                    scope=current_scope(),
                    kept_id=found.kept.id,
                    gone_id=found.gone.id,
                    versions=form.versions(),
                    picks=form.picks(),
                    owner_picks=form.owner_picks(),
                    by=current_account_id(),
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Digabung. Dapat dibatalkan selama 30 hari.", "success")
            if is_lost:
                flash(_CARD_LOST, "warning")
            return redirect(url_for("enterprises.show", enterprise_id=found.kept.id), code=303)
    status = 422 if request.method == "POST" else 200
    return render_template(
        "quality/pair.html", pair=found, form=form, keep_second=keep_second
    ), status


@blueprint.post("/pasangan/<uuid:pair_id>/berbeda")
@requires(Permission.QUALITY_MANAGE)
def different(pair_id: UUID) -> ResponseReturnValue:
    """Say that the two are not one."""
    with transaction():
        merging.say_different(scope=current_scope(), pair_id=pair_id, by=current_account_id())
    flash("Dicatat: dua usaha yang berbeda.", "success")
    return redirect(url_for(".index"), code=303)


@blueprint.get("/penggabungan")
@requires(Permission.QUALITY_MANAGE)
def mergers() -> ResponseReturnValue:
    """What was merged, and what can still be undone."""
    return render_template("quality/mergers.html", lines=pairs.mergers(current_scope()))


@blueprint.post("/penggabungan/<uuid:merger_id>/batal")
@requires(Permission.QUALITY_MANAGE)
def undo(merger_id: UUID) -> ResponseReturnValue:
    """Make two of one again."""
    try:
        with transaction():
            undoing.undo(scope=current_scope(), merger_id=merger_id, by=current_account_id())
    except NotFound:
        raise
    except PulihError as refusal:
        flash(refusal.message, "error")
    else:
        flash("Penggabungan dibatalkan. Kedua usaha kembali seperti semula.", "success")
    return redirect(url_for(".mergers"), code=303)
