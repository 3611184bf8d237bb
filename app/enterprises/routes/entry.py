"""Registering and changing enterprises, and warning of what is already there."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.queries import work_areas
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises import queries, services
from app.enterprises.forms import EnterpriseForm, LifeCycleForm, OwnerForm, RegistrationForm
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.timeline import TimelineEvent
from app.enterprises.rules.life_cycle import moves_from
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of
from app.web.forms import Point

blueprint = Blueprint("enterprise_forms", __name__, template_folder="../templates")


@blueprint.get("/usaha/baru")
@requires(Permission.ENTERPRISE_WRITE)
def new() -> ResponseReturnValue:
    """An empty form for an owner and their enterprise."""
    return render_template("enterprises/new.html", form=RegistrationForm(formdata=None))


@blueprint.post("/usaha/baru")
@requires(Permission.ENTERPRISE_WRITE)
def create() -> ResponseReturnValue:
    """Register both."""
    form = RegistrationForm()
    if not form.validate_on_submit():
        return render_template("enterprises/new.html", form=form), 422
    scope = current_scope()
    try:
        with transaction():
            made = services.register(
                scope=scope,
                areas=own_areas(),
                owner_facts=form.owner_facts(),
                enterprise_facts=form.enterprise_facts(),
                confirmed=form.confirmed,
                by=current_account_id(),
            )
            enterprise_id = made.id
    except PulihError as refusal:
        form.take_refusal(refusal)
        holders = queries.holders_of_nik(scope, form.nik.data or "")
        page = render_template("enterprises/new.html", form=form, holders=holders)
        return page, status_of(refusal)
    return after_registering(enterprise_id)


@blueprint.get("/usaha/<uuid:enterprise_id>/ubah")
@requires(Permission.ENTERPRISE_WRITE)
def edit(enterprise_id: UUID) -> ResponseReturnValue:
    """The form of an enterprise."""
    row = queries.enterprise(current_scope(), enterprise_id)
    return render_template("enterprises/edit.html", form=_filled(row), row=row)


@blueprint.post("/usaha/<uuid:enterprise_id>/ubah")
@requires(Permission.ENTERPRISE_WRITE)
def change(enterprise_id: UUID) -> ResponseReturnValue:
    """Save an enterprise; when somebody else did so meanwhile, show what they changed."""
    scope = current_scope()
    row = queries.enterprise(scope, enterprise_id)
    form = EnterpriseForm()
    if not form.validate_on_submit():
        return render_template("enterprises/edit.html", form=form, row=row), 422
    try:
        with transaction():
            services.update_enterprise(
                scope=scope,
                areas=own_areas(),
                enterprise_id=enterprise_id,
                facts=form.facts(),
                version=form.seen_version,
                confirmed=(*row.confirmed_warnings, *form.confirmed),
                by=current_account_id(),
            )
    except PulihError as refusal:
        row = queries.enterprise(scope, enterprise_id)
        meanwhile = missed_changes(form, refusal, row)
        page = render_template("enterprises/edit.html", form=form, row=row, meanwhile=meanwhile)
        return page, status_of(refusal)
    flash("Data usaha tersimpan.", "success")
    return redirect(url_for("enterprises.show", enterprise_id=enterprise_id), code=303)


@blueprint.get("/usaha/<uuid:enterprise_id>/keadaan")
@requires(Permission.ENTERPRISE_WRITE)
def life_cycle(enterprise_id: UUID) -> ResponseReturnValue:
    """The states that may follow."""
    row = queries.enterprise(current_scope(), enterprise_id)
    form = LifeCycleForm(formdata=None)
    form.offer(moves_from(row.life_cycle))
    return render_template("enterprises/life_cycle.html", form=form, row=row)


@blueprint.post("/usaha/<uuid:enterprise_id>/keadaan")
@requires(Permission.ENTERPRISE_WRITE)
def change_life_cycle(enterprise_id: UUID) -> ResponseReturnValue:
    """Move the enterprise to another state."""
    row = queries.enterprise(current_scope(), enterprise_id)
    form = LifeCycleForm()
    form.offer(moves_from(row.life_cycle))
    if not form.validate_on_submit():
        return render_template("enterprises/life_cycle.html", form=form, row=row), 422
    try:
        with transaction():
            services.change_life_cycle(
                scope=current_scope(),
                enterprise_id=enterprise_id,
                by=current_account_id(),
                **form.values(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        row = queries.enterprise(current_scope(), enterprise_id)
        page = render_template("enterprises/life_cycle.html", form=form, row=row)
        return page, status_of(refusal)
    flash("Keadaan usaha tersimpan.", "success")
    return redirect(url_for("enterprises.show", enterprise_id=enterprise_id), code=303)


@blueprint.get("/usaha/mirip")
@requires(Permission.ENTERPRISE_WRITE)
def similar() -> ResponseReturnValue:
    """What may already be there, by name and village."""
    asked = request.args
    found = queries.duplicates(
        current_scope(),
        name=_first(asked.get("nama"), asked.get("name"), most=160),
        village_code=_first(asked.get("desa"), asked.get("village_code-kode"), most=13),
    )
    return render_template("enterprises/similar.html", found=found)


@blueprint.post("/usaha/mirip")
@requires(Permission.ENTERPRISE_WRITE)
def similar_numbers() -> ResponseReturnValue:
    """Whether a NIK or phone number is already there; by POST, as no address may hold them."""
    asked = request.form
    found = queries.duplicates(
        current_scope(), nik=asked.get("nik", "")[:40], phone=asked.get("phone", "")[:30]
    )
    return render_template("enterprises/similar.html", found=found)


def own_areas() -> tuple[str, ...]:
    """Where the caller may register enterprises."""
    return work_areas(current_account_id(), Permission.ENTERPRISE_WRITE)


def missed_changes(
    form: EnterpriseForm | OwnerForm, refusal: PulihError, row: Enterprise | Owner
) -> tuple[TimelineEvent, ...]:
    """Tell the form what was refused; give what others saved since it was opened."""
    form.take_refusal(refusal)
    return queries.changes_since(row, form.missed_saves(refusal, row.version))


def after_registering(enterprise_id: UUID) -> ResponseReturnValue:
    """Show the new enterprise; a mentor who registered it has it in care."""
    flash("Usaha tersimpan.", "success")
    return redirect(url_for("enterprises.show", enterprise_id=enterprise_id), code=303)


def _filled(row: Enterprise) -> EnterpriseForm:
    point = Point(lat=row.lat, lng=row.lng) if row.lat is not None and row.lng is not None else None
    months = [str(month) for month in row.season_months]
    return EnterpriseForm(
        formdata=None, obj=row, data={"point": point, "season_months": months, "seen": ""}
    )


def _first(*texts: str | None, most: int) -> str | None:
    return next((text.replace("\x00", "")[:most] for text in texts if text), None)
