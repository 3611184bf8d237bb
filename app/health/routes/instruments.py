"""Versions of the instrument: drafting, trying, publishing."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account_id, requires
from app.accounts.rules import PASSWORD_JUST_NOW
from app.core.errors import NotFound, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.health.forms.instruments import (
    DraftFileForm,
    NewDraftForm,
    SeenForm,
    numbers_form,
    wording_form,
)
from app.health.queries.instrument_pages import VersionPage, version_lines, version_page
from app.health.queries.instruments import instrument_version
from app.health.rules.instrument import Indicator
from app.health.rules.instrument_draft import (
    Source,
    source_of_text,
    with_indicator,
    with_numbers,
    with_wording,
    without_indicator,
)
from app.health.services import instruments as services

blueprint = Blueprint(
    "instruments", __name__, url_prefix="/instrumen", template_folder="../templates"
)


@blueprint.get("")
@requires(Permission.INSTRUMENT_READ)
def index() -> ResponseReturnValue:
    """All versions."""
    return render_template("health/instruments.html", lines=version_lines(), form=NewDraftForm())


@blueprint.post("")
@requires(Permission.INSTRUMENT_MANAGE)
def create() -> ResponseReturnValue:
    """Begin a draft."""
    form = NewDraftForm()
    if not form.validate_on_submit():
        return render_template("health/instruments.html", lines=version_lines(), form=form), 422
    with transaction():
        draft = services.new_draft(note=form.values()["note"], by=current_account_id())
        version_id = draft.id
    return redirect(url_for(".show", version_id=version_id), code=303)


@blueprint.get("/<uuid:version_id>")
@requires(Permission.INSTRUMENT_READ)
def show(version_id: UUID) -> ResponseReturnValue:
    """One version: what it says and in what it differs."""
    page = version_page(version_id)
    return render_template(
        "health/instrument.html",
        page=page,
        form=numbers_form(page.instrument, page.content_hash),
        file_form=DraftFileForm(seen=page.content_hash),
    )


@blueprint.post("/<uuid:version_id>/angka")
@requires(Permission.INSTRUMENT_MANAGE)
def numbers(version_id: UUID) -> ResponseReturnValue:
    """Change weights and bounds of a draft."""
    page = version_page(version_id)
    form = numbers_form(page.instrument, page.content_hash)
    if form.validate_on_submit():
        try:
            source = with_numbers(
                _source(version_id),
                weights=form.weights(),
                healthy=str(form["healthy"].data),
                less_healthy=str(form["less_healthy"].data),
            )
            _change(version_id, source, form.seen.data)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            return redirect(url_for(".show", version_id=version_id), code=303)
    return _again(page, form=form)


@blueprint.route("/<uuid:version_id>/pertanyaan/<code>", methods=["GET", "POST"])
@requires(Permission.INSTRUMENT_MANAGE)
def question(version_id: UUID, code: str) -> ResponseReturnValue:
    """The words of one question of a draft."""
    page = _draft(version_id)
    one = _indicator(page, code)
    form = wording_form(page.instrument, one, page.content_hash)
    if form.validate_on_submit():
        try:
            source = with_wording(_source(version_id), code, form.wording())
            _change(version_id, source, form.seen.data)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            return redirect(url_for(".show", version_id=version_id), code=303)
    return _question_page(page, one, form)


@blueprint.route("/<uuid:version_id>/pertanyaan", methods=["GET", "POST"])
@requires(Permission.INSTRUMENT_MANAGE)
def new_question(version_id: UUID) -> ResponseReturnValue:
    """One more question in a draft."""
    page = _draft(version_id)
    form = wording_form(page.instrument, None, page.content_hash)
    if form.validate_on_submit():
        try:
            source = with_indicator(_source(version_id), form["dimension"].data, form.wording())
            _change(version_id, source, form.seen.data)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Pertanyaan ditambahkan. Beri bobotnya.", "success")
            return redirect(url_for(".show", version_id=version_id), code=303)
    return _question_page(page, None, form)


@blueprint.post("/<uuid:version_id>/pertanyaan/<code>/hapus")
@requires(Permission.INSTRUMENT_MANAGE)
def remove_question(version_id: UUID, code: str) -> ResponseReturnValue:
    """Take a question out of a draft."""
    form = SeenForm()
    page = _draft(version_id)
    try:
        _change(version_id, without_indicator(_source(version_id), code), form.seen.data)
    except PulihError as refusal:
        flash(refusal.message, "error")
        return redirect(url_for(".question", version_id=page.id, code=code), code=303)
    return redirect(url_for(".show", version_id=version_id), code=303)


@blueprint.get("/<uuid:version_id>/berkas")
@requires(Permission.INSTRUMENT_READ)
def take_file(version_id: UUID) -> ResponseReturnValue:
    """The whole version as a YAML file."""
    row = instrument_version(version_id)
    name = f"iku-dm-v{row.number}.yaml" if row.number else "iku-dm-rancangan.yaml"
    return send_file(
        BytesIO(row.content.encode("utf-8")),
        mimetype="application/yaml",
        as_attachment=True,
        download_name=name,
    )


@blueprint.post("/<uuid:version_id>/berkas")
@requires(Permission.INSTRUMENT_MANAGE)
def bring_file(version_id: UUID) -> ResponseReturnValue:
    """Replace a draft by a file."""
    page = version_page(version_id)
    form = DraftFileForm()
    if form.validate_on_submit():
        try:
            text = form.file.data.read().decode("utf-8", errors="replace")
            _change(version_id, source_of_text(text), form.seen.data)
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Isi rancangan diganti dengan isi berkas.", "success")
            return redirect(url_for(".show", version_id=version_id), code=303)
    return _again(page, file_form=form)


@blueprint.post("/<uuid:version_id>/coba")
@requires(Permission.INSTRUMENT_MANAGE)
def ask_trial(version_id: UUID) -> ResponseReturnValue:
    """Compute in the background what a draft would change."""
    try:
        with transaction():
            job_id = services.ask_trial(version_id=version_id, by=current_account_id())
    except PulihError as refusal:
        return _refused(version_id, refusal)
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.post("/<uuid:version_id>/terbit")
@requires(Permission.INSTRUMENT_MANAGE, password_within=PASSWORD_JUST_NOW)
def publish(version_id: UUID) -> ResponseReturnValue:
    """Make a draft the version in force."""
    form = SeenForm()
    try:
        with transaction():
            draft = services.publish(
                version_id=version_id, seen_hash=form.seen.data or "", by=current_account_id()
            )
            number = draft.number
    except PulihError as refusal:
        return _refused(version_id, refusal)
    flash(f"Versi {number} terbit. Penilaian baru memakainya mulai sekarang.", "success")
    return redirect(url_for(".show", version_id=version_id), code=303)


@blueprint.post("/<uuid:version_id>/buang")
@requires(Permission.INSTRUMENT_MANAGE)
def discard(version_id: UUID) -> ResponseReturnValue:
    """Throw a draft away."""
    try:
        with transaction():
            services.discard_draft_version(version_id=version_id, by=current_account_id())
    except PulihError as refusal:
        return _refused(version_id, refusal)
    flash("Rancangan dibuang.", "success")
    return redirect(url_for(".index"), code=303)


def _refused(version_id: UUID, refusal: PulihError) -> ResponseReturnValue:
    if isinstance(refusal, NotFound):
        raise refusal
    flash(refusal.message, "error")
    return redirect(url_for(".show", version_id=version_id), code=303)


def _source(version_id: UUID) -> Source:
    return source_of_text(instrument_version(version_id).content)


def _change(version_id: UUID, source: Source, seen: str | None) -> None:
    with transaction():
        services.change_draft(version_id=version_id, source=source, seen_hash=seen or "")


def _draft(version_id: UUID) -> VersionPage:
    page = version_page(version_id)
    if not page.is_draft:
        raise NotFound("instrument_unknown", message="Versi instrumen ini tidak ditemukan.")
    return page


def _indicator(page: VersionPage, code: str) -> Indicator:
    for one in page.instrument.indicators:
        if one.code == code:
            return one
    raise NotFound("question_unknown", message="Pertanyaan ini tidak ditemukan.")


def _question_page(page: VersionPage, one: Indicator | None, form: SeenForm) -> ResponseReturnValue:
    status = 422 if request.method == "POST" else 200
    return render_template("health/question.html", page=page, one=one, form=form), status


def _again(page: VersionPage, **forms: SeenForm) -> ResponseReturnValue:
    given = {
        "form": numbers_form(page.instrument, page.content_hash) if "form" not in forms else None,
        "file_form": DraftFileForm(formdata=None, seen=page.content_hash),
        **forms,
    }
    return render_template("health/instrument.html", page=page, **given), 422
