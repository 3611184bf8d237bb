"""Overview by area, movement between classes, lists behind their numbers, work lists."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account, scope_for
from app.core.clock import local_today
from app.core.permissions import Permission
from app.dashboard import exports, queries, responses, services
from app.dashboard.forms import PeriodForm, period_form
from app.dashboard.queries.desk import piles
from app.dashboard.queries.maps import premises_map, village_map
from app.dashboard.rules import SICK, Overview, wanted_of
from app.dashboard.rules.maps import CHOICES, EACH, TOOLS
from app.db.transaction import transaction
from app.enterprises import queries as register
from app.enterprises.guards import file_reach
from app.enterprises.queries.areas import first_area
from app.enterprises.queries.choices import area_choices
from app.enterprises.queries.exports import export_by_id
from app.enterprises.rules.export_limits import AT_ONCE
from app.enterprises.services import begin_writing, finish_export
from app.web.access import current_scope, may, requires
from app.web.charts import BarChart, bar_chart

blueprint = Blueprint("dashboard", __name__, template_folder="templates")
blueprints = [blueprint]


@blueprint.get("/dasbor")
@requires(Permission.DASHBOARD_READ)
def overview() -> ResponseReturnValue:
    """The overview of one's own area."""
    return _overview(queries.home_area(current_scope()))


@blueprint.get("/dasbor/<string(maxlength=13):code>")
@requires(Permission.DASHBOARD_READ)
def area(code: str) -> ResponseReturnValue:
    """The overview of an area within one's reach."""
    return _overview(code)


@blueprint.get("/peta")
@requires(Permission.ENTERPRISE_READ)
def area_map() -> ResponseReturnValue:
    """The villages of an area on a map, or its enterprises, and the same as a table."""
    shown = request.args.get("tampil", "")
    chosen = shown if shown in CHOICES else SICK
    scope = scope_for(Permission.AID_READ) if chosen == TOOLS else current_scope()
    code = request.args.get("wilayah") or first_area(scope)
    page: dict[str, Any] = {
        "code": code,
        "chosen": chosen,
        "choices": CHOICES,
        "areas": area_choices(scope, code),
        "trail": queries.trail(scope, code),
    }
    if chosen == EACH:
        points = premises_map(scope, code)
        page |= {"found": points, "map": responses.drawn_premises(points)}
        return render_template("dashboard/map_premises.html", **page)
    found = village_map(scope, code, chosen)
    page |= {"found": found, "map": responses.drawn_villages(found)}
    return render_template("dashboard/map.html", **page)


@blueprint.get("/dasbor/perpindahan")
@requires(Permission.DASHBOARD_READ)
def movement() -> ResponseReturnValue:
    """From which class to which enterprises went in a period."""
    scope = current_scope()
    code = request.args.get("wilayah") or queries.home_area(scope)
    form = _period_form(code)
    period = form.period(today=local_today())
    return render_template(
        "dashboard/movement.html",
        area_name=queries.reached_area(scope, code),
        code=code,
        form=form,
        period=period,
        movement=queries.movement(scope, code, period),
    )


@blueprint.get("/dasbor/usaha")
@requires(Permission.ENTERPRISE_READ)
def enterprises() -> ResponseReturnValue:
    """The enterprises behind a number of a period."""
    scope = current_scope()
    period = period_form(request.args).period(today=local_today())
    wanted = wanted_of(request.args, period)
    area_name = queries.reached_area(scope, wanted.area)
    found = queries.enterprises(scope, wanted, cursor=request.args.get("setelah"))
    address: dict[str, Any] = {**wanted.address()}
    return render_template(
        "dashboard/enterprises.html",
        page=found,
        count=queries.enterprise_count(scope, wanted),
        count_max=register.COUNT_MAX,
        conditions=wanted.described(area_name),
        reach=file_reach(wanted.area),
        action=url_for(".take_enterprises", **address),
        previous_url=_page_url(address, found.previous_cursor),
        next_url=_page_url(address, found.next_cursor),
    )


@blueprint.post("/dasbor/usaha")
@requires(Permission.ENTERPRISE_EXPORT)
def take_enterprises() -> ResponseReturnValue:
    """Make the same list as a file: a short one at once, a long one in the background."""
    scope = current_scope()
    wanted = wanted_of(request.args, period_form(request.args).period(today=local_today()))
    queries.reached_area(scope, wanted.area)
    is_long = queries.file_row_count(scope, wanted, most=AT_ONCE) > AT_ONCE
    with transaction():
        asked = services.ask_list(scope=scope, wanted=wanted, by=current_account().id)
        export_id = asked.id
        job_id = begin_writing(services.LIST_JOB, asked) if is_long else None
    if job_id is not None:
        return redirect(url_for("jobs.show", job_id=job_id), code=303)
    written = exports.make_list(export_by_id(export_id), scope)
    with transaction():
        finish_export(
            export_id=export_id,
            row_count=written.row_count,
            replaced_count=written.replaced_count,
            owner_ids=written.owner_ids,
        )
    return redirect(url_for("enterprise_exports.show", export_id=export_id), code=303)


@blueprint.get("/dasbor/unduh")
@requires(Permission.DASHBOARD_READ)
def download() -> ResponseReturnValue:
    """Overview and matrix of an area as a workbook."""
    scope = current_scope()
    code = request.args.get("wilayah") or queries.home_area(scope)
    period = period_form(request.args).period(today=local_today())
    book = exports.workbook(
        queries.overview(scope, code, period),
        queries.movement(scope, code, period),
        made_by=current_account().name,
    )
    name = f"dasbor-{code or 'indonesia'}-{period.until_on.isoformat()}.xlsx"
    return send_file(book, mimetype=exports.XLSX, as_attachment=True, download_name=name)


@blueprint.get("/daftar-kerja")
@requires(Permission.MENTOR_MANAGE)
def work_lists() -> ResponseReturnValue:
    """What waits for an officer."""
    return render_template(
        "dashboard/work_lists.html",
        lists=queries.work_lists(current_scope()),
        piles=piles(may, scope_for),
    )


def _overview(code: str) -> ResponseReturnValue:
    scope = current_scope()
    form = _period_form("")
    period = form.period(today=local_today())
    found = queries.overview(scope, code, period)
    return render_template(
        "dashboard/overview.html",
        overview=found,
        whole=found.whole,
        code=code,
        is_home=code == queries.home_area(scope),
        is_village=len(code) == queries.VILLAGE_LENGTH,
        trail=queries.trail(scope, code),
        form=form,
        period=period,
        chart=_chart(found),
    )


def _chart(found: Overview) -> BarChart:
    return bar_chart(
        chart_id="kelas",
        title=f"Usaha menurut kelas kesehatan, {found.whole.name}",
        heading="Usaha",
        values=[(one.label, one.value, one.tone or "muted") for one in found.whole.classes],
    )


def _period_form(code: str) -> PeriodForm:
    form = period_form(request.args)
    form.wilayah.data = code
    return form


def _page_url(address: dict[str, Any], cursor: str | None) -> str | None:
    return url_for(".enterprises", **address, setelah=cursor) if cursor else None
