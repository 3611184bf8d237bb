"""Monthly reports: the mentor's months, one month, the lists behind it, handing in, deciding."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.mentoring import exports, services
from app.mentoring.forms import DecisionForm, SubmitForm
from app.mentoring.queries import reports as queries
from app.mentoring.queries.expenses import check_own, check_subject, expense_lines
from app.mentoring.routes.blueprint import blueprint
from app.mentoring.rules.monthly import (
    EXPENSES,
    LIST_LABELS,
    Month,
    month_named,
    month_of,
    months_until,
)
from app.printing.responses import pdf_response
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

_MONTH = "/laporan-bulanan/<uuid:mentor_id>/<string(length=7):code>"


@blueprint.get("/laporan-saya")
@requires(Permission.MENTOR_REPORT_WRITE)
def own_reports() -> ResponseReturnValue:
    """The months of the mentor who is logged in."""
    mentor_id = current_account_id()
    return render_template(
        "mentoring/own_reports.html",
        months=queries.own_months(mentor_id, current_scope()),
        mentor_id=mentor_id,
    )


@blueprint.get("/laporan-bulanan")
@requires(Permission.MENTOR_REPORT_DECIDE)
def reports() -> ResponseReturnValue:
    """The reports of one month, of all mentors in reach."""
    today = local_today()
    code = request.args.get("bulan")
    month = month_named(code) if code else month_of(today).before
    return render_template(
        "mentoring/reports.html",
        month=month,
        months=months_until(today),
        lines=queries.month_of_all(current_scope(), month),
    )


@blueprint.get("/laporan-bulanan/menunggu")
@requires(Permission.MENTOR_REPORT_DECIDE)
def submitted_reports() -> ResponseReturnValue:
    """The reports that wait for a decision, of whatever month."""
    return render_template(
        "mentoring/submitted_reports.html", lines=queries.submitted(current_scope())
    )


@blueprint.get(_MONTH)
@requires(Permission.MENTOR_REPORT_READ)
def report(mentor_id: UUID, code: str) -> ResponseReturnValue:
    """One month of one mentor."""
    return _page(mentor_id, month_named(code), SubmitForm(formdata=None))


@blueprint.get(f"{_MONTH}/<string(maxlength=30):name>")
@requires(Permission.MENTOR_REPORT_READ)
def report_list(mentor_id: UUID, code: str, name: str) -> ResponseReturnValue:
    """The rows behind one figure."""
    scope, month = current_scope(), month_named(code)
    rows = queries.report_rows(scope, mentor_id, month, name)
    return render_template(
        "mentoring/report_list.html",
        page=queries.report_page(scope, mentor_id, month),
        label=LIST_LABELS[name],
        name=name,
        rows=rows,
        expenses=expense_lines(scope, mentor_id, month) if name in EXPENSES else (),
    )


@blueprint.post(f"{_MONTH}/ajukan")
@requires(Permission.MENTOR_REPORT_WRITE)
def submit_report(mentor_id: UUID, code: str) -> ResponseReturnValue:
    """Hand in an own month."""
    month, form = month_named(code), SubmitForm()
    check_own(current_account_id(), mentor_id)
    if not form.validate_on_submit():
        return _page(mentor_id, month, form), 422
    try:
        with transaction():
            services.submit_report(by=mentor_id, month=month, note=form.values()["note"])
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(mentor_id, month, form), status_of(refusal)
    flash(f"Laporan {month.label} diajukan.", "success")
    return redirect(url_for(".report", mentor_id=mentor_id, code=code), code=303)


@blueprint.post(f"{_MONTH}/putuskan")
@requires(Permission.MENTOR_REPORT_DECIDE)
def decide_report(mentor_id: UUID, code: str) -> ResponseReturnValue:
    """Accept a month, or give it back."""
    month, form = month_named(code), DecisionForm()
    check_subject(current_scope(), mentor_id)
    if not form.validate_on_submit():
        return _page(mentor_id, month, form), 422
    is_accepted = request.form.get("putusan") == "terima"
    try:
        with transaction():
            services.decide_report(
                scope=current_scope(),
                mentor_id=mentor_id,
                month=month,
                is_accepted=is_accepted,
                note=form.values()["note"],
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return _page(mentor_id, month, form), status_of(refusal)
    flash("Laporan diterima." if is_accepted else "Laporan dikembalikan.", "success")
    return redirect(url_for(".reports", bulan=code), code=303)


@blueprint.post(f"{_MONTH}/unduh")
@requires(Permission.MENTOR_REPORT_READ)
def take_report(mentor_id: UUID, code: str) -> ResponseReturnValue:
    """The month as a workbook or a printed sheet; who took it is noted."""
    scope, month, by = current_scope(), month_named(code), current_account_id()
    form = "pdf" if request.form.get("bentuk") == "pdf" else "xlsx"
    with transaction():
        whole = queries.whole_month(scope, mentor_id, month)
        services.note_taken(
            mentor_id=mentor_id, month=month, form=form, enterprises=whole.enterprise_ids, by=by
        )
    name = f"laporan-pendamping-{month.code}.{form}"
    if form == "pdf":
        return pdf_response(exports.sheet(whole), filename=name)
    book = exports.workbook(whole, made_by=queries.person_name(by))
    return send_file(book, mimetype=exports.XLSX, as_attachment=True, download_name=name)


def _page(mentor_id: UUID, month: Month, form: SubmitForm | DecisionForm) -> str:
    page = queries.report_page(current_scope(), mentor_id, month)
    return render_template(
        "mentoring/report.html",
        page=page,
        form=form,
        decision=form if isinstance(form, DecisionForm) else DecisionForm(formdata=None),
    )
