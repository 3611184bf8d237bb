"""Asking for reports, fetching them, keeping a letterhead."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.core.clock import local_today
from app.core.errors import NotAllowed, NotFound, PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.files.responses import photo_response
from app.mentoring.queries.mentors import mentor_lines
from app.places.queries import VILLAGE_LENGTH, path_label
from app.reports import services
from app.reports.exports import file_path
from app.reports.forms import AreaReportForm, LetterheadForm, MentorReportForm, OwnReportForm
from app.reports.queries import kept
from app.reports.rules.limits import CHARTS
from app.web.access import current_account_id, current_scope, may, requires
from app.web.errors import status_of

blueprint = Blueprint("reports", __name__, url_prefix="/laporan", template_folder="templates")
blueprints = [blueprint]
_BOTH = ["GET", "POST"]
_TYPES = {
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@blueprint.route("", methods=_BOTH)
@requires(Permission.REPORT_MAKE)
def index() -> ResponseReturnValue:
    """Ask for the report of an area; below it the caller's last reports."""
    scope, form = current_scope(), AreaReportForm()
    chosen = kept.report_area(scope, request.args.get("wilayah"))
    form.offer_areas(kept.area_offers(scope, chosen), chosen)
    form.offer_spans(local_today())
    answer = _asked(form)
    if isinstance(answer, Response):
        return answer
    reports = kept.own_reports(scope)
    is_village = len(chosen) == VILLAGE_LENGTH
    return (
        render_template(
            "reports/index.html", form=form, chosen=chosen, is_village=is_village, reports=reports
        ),
        answer,
    )


@blueprint.route("/pendamping", methods=_BOTH)
@requires(Permission.MENTOR_REPORT_DECIDE)
def mentor() -> ResponseReturnValue:
    """Ask for the report of a mentor."""
    form = MentorReportForm(data={"mentor": request.args.get("pendamping")})
    lines = mentor_lines(current_scope())
    form.mentor.offer([(line.id, line.name) for line in lines])
    form.offer_spans(local_today())
    answer = _asked(form)
    if isinstance(answer, Response):
        return answer
    return render_template("reports/mentor.html", form=form, has_mentors=bool(lines)), answer


@blueprint.route("/saya", methods=_BOTH)
@requires(Permission.MENTOR_REPORT_WRITE)
def own() -> ResponseReturnValue:
    """Ask for the report of an own quarter; below it the caller's last reports."""
    form = OwnReportForm()
    form.offer_spans(local_today())
    answer = _asked(form)
    if isinstance(answer, Response):
        return answer
    reports = [one for one in kept.own_reports(current_scope()) if one.is_own]
    return render_template("reports/own.html", form=form, reports=reports), answer


@blueprint.get("/<uuid:report_id>")
@requires(Permission.REPORT_READ)
def show(report_id: UUID) -> ResponseReturnValue:
    """How far the report is, then its files."""
    scope = current_scope()
    report = kept.own_report(scope, report_id)
    return render_template(
        "reports/show.html",
        report=report,
        work=kept.work_on(scope, report),
        files=[one for one in report.endings if _file(report, one).is_file()],
        charts={
            name: title
            for name, title in CHARTS.items()
            if report.finished_at and _file(report, f"{name}.svg").is_file()
        },
    )


@blueprint.get("/<uuid:report_id>.json")
@requires(Permission.REPORT_READ)
def progress(report_id: UUID) -> ResponseReturnValue:
    """The same as figures, for the script that keeps the page fresh."""
    scope = current_scope()
    work = kept.work_on(scope, kept.own_report(scope, report_id))
    return jsonify(
        state=work.state,
        is_over=work.is_finished,
        done=work.done,
        total=work.total,
        percent=work.percent,
        message=work.message or work.state_label,
        next_url=None,
    )


@blueprint.get("/<uuid:report_id>/berkas.<any(pdf, xlsx):ending>")
@requires(Permission.REPORT_READ)
def download(report_id: UUID, ending: str) -> ResponseReturnValue:
    """A file, for the one who asked for it and still may."""
    report = kept.own_report(current_scope(), report_id)
    # The names of a mentor's own report are those of the enterprises that they visited.
    if report.with_names and not report.is_own and not may(Permission.ENTERPRISE_EXPORT):
        raise NotAllowed("names_not_allowed", message="Anda tidak lagi berhak atas nama usaha.")
    if ending not in report.endings:
        raise _gone()
    return _sent(report, ending, ending)


@blueprint.get("/<uuid:report_id>/diagram-<any(kelas, dana):name>.svg")
@requires(Permission.REPORT_READ)
def chart(report_id: UUID, name: str) -> ResponseReturnValue:
    """One chart as a file of its own, which names nobody."""
    return _sent(kept.own_report(current_scope(), report_id), f"{name}.svg", "svg", f"{name}-")


@blueprint.route("/kop", methods=_BOTH)
@requires(Permission.REPORT_LETTERHEAD)
def letterhead() -> ResponseReturnValue:
    """What the office of an area prints on its reports."""
    scope = current_scope()
    area = kept.report_area(scope, request.args.get("wilayah"))
    row = kept.letterhead(area)
    form = LetterheadForm(obj=row)
    status = _kept_letterhead(form, area)
    if status is None:
        flash("Kop surat disimpan.", "success")
        return redirect(url_for(".letterhead", wilayah=area), code=303)
    return (
        render_template(
            "reports/letterhead.html",
            form=form,
            area=area,
            area_label=path_label(area),
            areas=kept.area_offers(scope, area),
            has_logo=row is not None and row.logo_id is not None,
        ),
        status,
    )


@blueprint.get("/kop/lambang")
@requires(Permission.REPORT_LETTERHEAD)
def logo() -> ResponseReturnValue:
    """The logo of an office."""
    row = kept.letterhead(kept.report_area(current_scope(), request.args.get("wilayah")))
    return photo_response(row.logo_id if row is not None else None)


def _sent(report: kept.ReportLine, ending: str, kind: str, part: str = "") -> Response:
    path = _file(report, ending)
    if report.finished_at is None or not path.is_file():
        raise _gone()
    name = f"laporan-{part}{report.slug}-{report.span.code}.{kind}"
    response = send_file(
        path, mimetype=_TYPES[kind], as_attachment=True, download_name=name, etag=False
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _gone() -> NotFound:
    return NotFound("report_gone", message="Berkas ini tidak ada lagi. Buat laporannya lagi.")


def _wish(form: AreaReportForm | MentorReportForm | OwnReportForm) -> services.Wish:
    if isinstance(form, OwnReportForm):
        return form.wish(local_today(), mentor_id=current_account_id())
    return form.wish(local_today(), may_name=may(Permission.ENTERPRISE_EXPORT))


def _asked(form: AreaReportForm | MentorReportForm | OwnReportForm) -> Response | int:
    """Ask for what a posted form says: the way to its page, else the status of this one."""
    if not form.is_submitted():
        return 200
    if not form.validate():
        return 422
    try:
        wish = _wish(form)
        with transaction():
            asked = services.ask_report(scope=current_scope(), wish=wish, by=current_account_id())
            report_id = asked.id
    except NotFound:
        # Only a village can be asked for that was not offered.
        form.form_errors.append("Desa itu tidak ada di wilayah Anda. Pilih desa lain.")
        return 422
    except PulihError as refusal:
        form.add_errors(refusal)
        return status_of(refusal)
    return redirect(url_for(".show", report_id=report_id), code=303)  # type: ignore[return-value]


def _kept_letterhead(form: LetterheadForm, area: str) -> int | None:
    if not form.is_submitted():
        return 200
    if not form.validate():
        return 422
    uploaded = form.logo.data
    try:
        with transaction():
            services.keep_letterhead(
                scope=current_scope(),
                area_code=area,
                words=form.words(),
                logo=uploaded.stream if uploaded else None,
                drop_logo=bool(form.drop_logo.data),
                by=current_account_id(),
            )
    except PulihError as refusal:
        form.add_errors(refusal)
        return status_of(refusal)
    return None


def _file(report: kept.ReportLine, ending: str) -> Path:
    return file_path(report.id, ending, with_names=report.with_names)
