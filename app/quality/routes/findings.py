"""Doubtful data: the list, one doubt with its two values, what people say of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account, current_account_id, current_scope, requires
from app.core.clock import local_today, utc_now
from app.core.errors import NotFound, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.queries.choices import area_choices, area_label
from app.history.responses import note_taken
from app.quality import exports
from app.quality.forms import FindingFilterForm, SearchForm, TrueForm
from app.quality.queries import findings as doubtful
from app.quality.rules.facts import KIND_LABELS
from app.quality.services import checking
from app.web.filters import waktu

blueprint = Blueprint(
    "findings", __name__, url_prefix="/mutu/periksa", template_folder="../templates"
)
# Where each kind of value stands, and where it is put right: endpoint and its parameter.
PAGES = {
    "usaha": ("enterprises.show", "enterprise_id"),
    "pemilik": ("owners.show", "owner_id"),
    "kesehatan": ("health.enterprise", "enterprise_id"),
    "penilaian": ("health.show", "assessment_id"),
    "kunjungan": ("mentoring.show_visit", "visit_id"),
    "terapi": ("interventions.show", "intervention_id"),
    "alat": ("aid.tool", "tool_id"),
}
FORMS = {
    "usaha": ("enterprise_forms.edit", "enterprise_id"),
    "keadaan": ("enterprise_forms.life_cycle", "enterprise_id"),
    "pemilik": ("owners.edit", "owner_id"),
    "kesehatan": ("health.enterprise", "enterprise_id"),
}


@blueprint.app_context_processor
def _addresses() -> dict[str, Any]:
    return {"value_url": _value_url, "mending_url": _mending_url}


@blueprint.get("")
@requires(Permission.QUALITY_MANAGE)
def index() -> ResponseReturnValue:
    """Data that contradict each other or are far from the usual, the weightiest first."""
    scope = current_scope()
    form = FindingFilterForm(request.args)
    form.offer(area_choices(scope, request.args.get("wilayah", "")))
    asked = form.asked()
    begin = min(max(request.args.get("mulai", 0, type=int), 0), _DEEPEST)
    total = doubtful.finding_count(scope, asked)
    after = begin + doubtful.PAGE
    return render_template(
        "quality/findings.html",
        form=form,
        search=SearchForm(),
        asked=asked,
        total=total,
        lines=doubtful.findings(scope, asked, begin=begin),
        rules=doubtful.rule_counts(scope, asked),
        checked_at=doubtful.last_checked(scope),
        previous_url=_page_url(asked, max(begin - doubtful.PAGE, 0)) if begin else None,
        next_url=_page_url(asked, after) if after < total else None,
    )


_DEEPEST = 1_000_000


@blueprint.get("/unduh")
@requires(Permission.QUALITY_MANAGE)
def download() -> ResponseReturnValue:
    """The same list as a workbook."""
    asked = FindingFilterForm(request.args).asked()
    about = [
        *asked.described(area_label(asked.area) if asked.area else ""),
        ("Diunduh oleh", current_account().name),
        ("Waktu", waktu(utc_now())),
    ]
    lines = list(doubtful.findings(current_scope(), asked, most=None))
    note_taken(line.enterprise_id for line in lines)
    name = f"data-diperiksa-{local_today().isoformat()}.xlsx"
    return send_file(
        exports.workbook(lines, about=about),
        mimetype=exports.XLSX,
        as_attachment=True,
        download_name=name,
    )


@blueprint.post("/mulai")
@requires(Permission.QUALITY_MANAGE)
def check() -> ResponseReturnValue:
    """Begin a look through the data in the background."""
    with transaction():
        job_id = checking.ask_check(scope=current_scope(), by=current_account_id())
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.get("/<uuid:finding_id>")
@requires(Permission.QUALITY_MANAGE)
def show(finding_id: UUID) -> ResponseReturnValue:
    """One doubt: why, the two values, what to do."""
    return _page(finding_id, TrueForm())


@blueprint.post("/<uuid:finding_id>/benar")
@requires(Permission.QUALITY_MANAGE)
def say_true(finding_id: UUID) -> ResponseReturnValue:
    """Say that the value is right, and why."""
    form = TrueForm()
    if form.validate_on_submit():
        try:
            with transaction():
                checking.say_true(
                    scope=current_scope(),
                    finding_id=finding_id,
                    fingerprint=form.fingerprint.data or "",
                    reason=form.reason.data or "",
                    by=current_account_id(),
                )
        except NotFound:
            raise
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Dicatat sebagai benar. Tidak ditanyakan lagi selama datanya sama.", "success")
            return redirect(url_for(".index"), code=303)
    return _page(finding_id, form), 422


@blueprint.post("/<uuid:finding_id>/buka")
@requires(Permission.QUALITY_MANAGE)
def reopen(finding_id: UUID) -> ResponseReturnValue:
    """Put a doubt back on the list."""
    with transaction():
        checking.reopen(scope=current_scope(), finding_id=finding_id, by=current_account_id())
    flash("Dimasukkan lagi ke daftar.", "success")
    return redirect(url_for(".show", finding_id=finding_id), code=303)


def _page(finding_id: UUID, form: TrueForm) -> str:
    line = doubtful.finding_line(current_scope(), finding_id)
    form.fingerprint.data = form.fingerprint.data or line.fingerprint
    return render_template(
        "quality/finding.html",
        line=line,
        form=form,
        kind=KIND_LABELS[line.rule.kind],
    )


def _page_url(asked: doubtful.FindingFilter, begin: int) -> str:
    words: dict[str, Any] = {**asked.address(), "mulai": begin}
    return url_for(".index", **words)


def _value_url(page: str, subject_id: UUID | None) -> str | None:
    """The page where a value stands."""
    if subject_id is None or page not in PAGES:
        return None
    endpoint, name = PAGES[page]
    values: dict[str, Any] = {name: subject_id}
    return url_for(endpoint, **values)


def _mending_url(line: doubtful.FindingLine) -> str:
    """The form where a doubt is put right."""
    endpoint, name = FORMS[line.rule.mend]
    values: dict[str, Any] = {name: getattr(line, name)}
    return url_for(endpoint, **values)
