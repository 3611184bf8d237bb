"""Bringing in a spreadsheet: upload, look at what it would do, decide, write."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises import importing
from app.enterprises.forms.imports import ImportForm
from app.enterprises.importing.bad_rows import workbook_of
from app.enterprises.models import ImportRun
from app.enterprises.queries import import_pages as pages
from app.enterprises.queries.imports import earlier_import, import_run, is_stopped, runs
from app.enterprises.rules.import_runs import CHECK_JOB, KEPT_DAYS, WRITE_JOB, job_key
from app.enterprises.services import imports as services
from app.enterprises.sheet_reader.guards import kind_of
from app.jobs import enqueue
from app.web.access import current_account_id, current_scope, requires
from app.web.errors import status_of

blueprint = Blueprint(
    "enterprise_imports", __name__, url_prefix="/impor", template_folder="../templates"
)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("")
@requires(Permission.ENTERPRISE_IMPORT)
def index() -> ResponseReturnValue:
    """Where a file is brought in, and the imports of before."""
    return _index_page(ImportForm(formdata=None))


@blueprint.post("")
@requires(Permission.ENTERPRISE_IMPORT)
def upload() -> ResponseReturnValue:
    """Keep a file and let it be checked."""
    form = ImportForm()
    if not form.validate_on_submit():
        return _index_page(form), 422
    content = form.file.data.stream.read(importing.limits().max_bytes + 1)
    file_name = form.file.data.filename or ""
    try:
        # What can be refused at a glance is refused here, not in the background.
        kind_of(content, file_name, importing.limits())
        with transaction():
            # A form sent twice is one import.
            job_id = services.check_under_way(content=content, by=current_account_id())
            job_id = job_id or _begin(content, file_name)
    except PulihError as refusal:
        refusal.field = "file"
        form.add_errors(refusal)
        return _index_page(form), status_of(refusal)
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.get("/<uuid:run_id>")
@requires(Permission.ENTERPRISE_IMPORT)
def show(run_id: UUID) -> ResponseReturnValue:
    """What a file would do, or what it did."""
    run = import_run(current_scope(), run_id)
    problems = list(importing.items_of(run_id, importing.PROBLEMS))
    return render_template(
        "enterprises/import_show.html",
        page=pages.run_page(run, problems, earlier_import(run), is_stopped=is_stopped(run)),
        run=run,
        fields=pages.field_choices(),
        keys=pages.MATCH_LABELS,
        shown=pages.PROBLEMS_SHOWN,
    )


@blueprint.post("/<uuid:run_id>/kolom")
@requires(Permission.ENTERPRISE_IMPORT)
def decide(run_id: UUID) -> ResponseReturnValue:
    """Take what a person says about columns, sheet and key, and check again."""
    with transaction():
        run = import_run(current_scope(), run_id)
        services.decide_columns(
            run=run,
            choices=pages.chosen_fields(run, request.form.to_dict()),
            only_sheet=request.form.get("lembar"),
            match_key=request.form.get("kunci"),
            by=current_account_id(),
        )
        job_id = _ask_for(CHECK_JOB, run)
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.post("/<uuid:run_id>/catat")
@requires(Permission.ENTERPRISE_IMPORT)
def confirm(run_id: UUID) -> ResponseReturnValue:
    """Write the rows that are fit, in the background."""
    with transaction():
        run = import_run(current_scope(), run_id)
        services.confirm_run(run=run, by=current_account_id())
        job_id = _ask_for(WRITE_JOB, run)
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.post("/<uuid:run_id>/lanjut")
@requires(Permission.ENTERPRISE_IMPORT)
def resume(run_id: UUID) -> ResponseReturnValue:
    """Go on with a run that stopped, also one that a shell began."""
    with transaction():
        run = import_run(current_scope(), run_id)
        job_id = _ask_for(services.job_due(run), run)
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.post("/<uuid:run_id>/batal")
@requires(Permission.ENTERPRISE_IMPORT)
def discard(run_id: UUID) -> ResponseReturnValue:
    """Forget a file that was not written."""
    with transaction():
        run = import_run(current_scope(), run_id)
        services.discard_run(run=run, by=current_account_id())
    flash("Impor dibatalkan. Berkasnya sudah dihapus.", "success")
    return redirect(url_for(".index"), code=303)


@blueprint.get("/<uuid:run_id>/perbaikan.xlsx")
@requires(Permission.ENTERPRISE_IMPORT)
def bad_rows(run_id: UUID) -> ResponseReturnValue:
    """The rows to mend as a workbook."""
    run = import_run(current_scope(), run_id)
    content = workbook_of(run.sheets, list(importing.items_of(run_id, importing.BAD_ROWS)))
    response = send_file(
        BytesIO(content),
        mimetype=_XLSX,
        as_attachment=True,
        download_name="perlu-diperbaiki.xlsx",
        etag=False,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _begin(content: bytes, file_name: str) -> UUID:
    run = services.start_run(
        scope=current_scope(),
        content=content,
        file_name=file_name,
        only_sheet=None,
        by=current_account_id(),
    )
    importing.store_file(run.id, content)
    return _ask_for(CHECK_JOB, run)


def _ask_for(job_name: str, run: ImportRun) -> UUID:
    job_id = enqueue(
        job_name,
        key=job_key(job_name, run.id),
        payload={"run_id": str(run.id), "url": url_for(".show", run_id=run.id)},
        by=current_account_id(),
        area_code=run.area_code or None,
    )
    run.job_id = job_id
    return job_id


def _index_page(form: ImportForm) -> str:
    return render_template(
        "enterprises/import_index.html",
        form=form,
        runs=runs(current_scope()),
        limits=importing.limits(),
        kept_days=KEPT_DAYS,
        labels=pages.STATE_LABELS,
        tones=pages.STATE_TONES,
    )
