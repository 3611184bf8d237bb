"""Pages of the programme: profile, indicators, the lists behind figures, the office's figures."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account
from app.core.clock import local_today
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.guards import file_reach, take_along
from app.enterprises.queries import COUNT_MAX
from app.places.queries import home_area, reached_area, trail
from app.programme import exports, queries, services
from app.programme.forms import FigureForm
from app.programme.queries import AmountList, Around, FigureList
from app.programme.rules import GROUP_LABELS, ITEMS, USUAL_DAYS, Answer
from app.web.access import current_scope, may, requires
from app.web.forms.period import PeriodForm, period_form

blueprint = Blueprint("programme", __name__, template_folder="templates", url_prefix="/program")
blueprints = [blueprint]

_CODE = "<string(maxlength=13):code>"


@blueprint.get("")
@requires(Permission.PROGRAMME_READ)
def home() -> ResponseReturnValue:
    """The profile of one's own area."""
    return _page(home_area(current_scope()), "programme/profile.html", queries.profile)


@blueprint.get(f"/{_CODE}")
@requires(Permission.PROGRAMME_READ)
def profile(code: str) -> ResponseReturnValue:
    """The ten identification activities of an area within one's reach."""
    return _page(code, "programme/profile.html", queries.profile)


@blueprint.get("/indikator")
@requires(Permission.PROGRAMME_READ)
def indicators() -> ResponseReturnValue:
    """The indicators of output, outcome and benefit of an area within one's reach."""
    code = request.args.get("wilayah") or home_area(current_scope())
    return _page(code, "programme/indicators.html", queries.indicators)


@blueprint.get("/usaha")
@requires(Permission.PROGRAMME_READ)
def enterprises() -> ResponseReturnValue:
    """The enterprises behind a figure."""
    fact, name = request.args.get("angka", ""), request.args.get("nama", "")
    return _list(
        "enterprises",
        {"angka": fact, "nama": name},
        lambda around, cursor: queries.figure_list(around, fact, name, cursor=cursor),
    )


@blueprint.get("/usaha/unduh")
@requires(Permission.ENTERPRISE_EXPORT)
def download_enterprises() -> ResponseReturnValue:
    """The enterprises behind a figure as a workbook, whole."""
    around, _ = _around(request.args.get("wilayah", ""))
    found = queries.whole_figure_list(
        around, request.args.get("angka", ""), request.args.get("nama", "")
    )
    withdrawn = take_along(line.id for line in found.page.rows)
    return _file(exports.enterprises_workbook(found, withdrawn=withdrawn, **_about(around)))


@blueprint.get("/daftar")
@requires(Permission.PROGRAMME_READ)
def amounts() -> ResponseReturnValue:
    """What is behind a number of other things than enterprises, or behind a sum."""
    fact = request.args.get("angka", "")
    return _list(
        "amounts",
        {"angka": fact},
        lambda around, cursor: queries.amount_list(around, fact, cursor=cursor),
    )


@blueprint.get("/daftar/unduh")
@requires(Permission.ENTERPRISE_EXPORT)
def download_amounts() -> ResponseReturnValue:
    """The same list as a workbook, whole."""
    around, _ = _around(request.args.get("wilayah", ""))
    found = queries.whole_amount_list(around, request.args.get("angka", ""))
    withdrawn = take_along(line.enterprise_id for line in found.page.rows)
    return _file(exports.amounts_workbook(found, withdrawn=withdrawn, **_about(around)))


@blueprint.get("/unduh")
@requires(Permission.PROGRAMME_READ)
def download() -> ResponseReturnValue:
    """Profile and indicators of an area as a workbook."""
    around, _ = _around(request.args.get("wilayah") or home_area(current_scope()))
    book = exports.workbook(
        area_name=reached_area(around.scope, around.area),
        area_code=around.area,
        period=around.period,
        answers=(queries.profile(around), queries.indicators(around)),
        typed=queries.newest_typed(around.scope, around.area),
        made_by=current_account().name,
    )
    name = f"program-{around.area or 'indonesia'}-{around.period.until_on.isoformat()}.xlsx"
    return send_file(book, mimetype=exports.XLSX, as_attachment=True, download_name=name)


@blueprint.get(f"/{_CODE}/isian/<string(maxlength=20):item>")
@requires(Permission.PROGRAMME_READ)
def typed(code: str, item: str) -> ResponseReturnValue:
    """All figures that the office typed for one item of an area."""
    scope = current_scope()
    services.must_type(code, item, scope)
    return render_template(
        "programme/typed.html",
        code=code,
        item=ITEMS[item],
        area_name=reached_area(scope, code),
        lines=queries.typed_history(scope, code, item),
        may_type=may(Permission.PROGRAMME_WRITE),
    )


@blueprint.route(f"/{_CODE}/isian/<string(maxlength=20):item>/tulis", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_WRITE)
def type_figure(code: str, item: str) -> ResponseReturnValue:
    """Type a figure of the office, or correct one."""
    scope = current_scope()
    services.must_type(code, item, scope)
    form = FigureForm(data=_former(code, item, request.args.get("koreksi", "")))
    if form.validate_on_submit():
        try:
            with transaction():
                services.type_figure(
                    area_code=code,
                    item=item,
                    figure=form.figure(),
                    corrects_id=form.corrects_id,
                    scope=scope,
                    by=current_account().id,
                )
        except PulihError as refusal:
            form.add_errors(refusal)
        else:
            flash("Angka disimpan.", "success")
            return redirect(url_for(".typed", code=code, item=item), code=303)
    page = render_template(
        "programme/type_figure.html",
        form=form,
        code=code,
        item=ITEMS[item],
        area_name=reached_area(scope, code),
    )
    return page, 422 if form.is_submitted() else 200


def _page(code: str, template: str, asked: Callable[[Around], list[Answer]]) -> ResponseReturnValue:
    around, form = _around(code)
    area_name = reached_area(around.scope, code)
    return render_template(
        template,
        answers=asked(around),
        lines=queries.area_lines(around),
        typed=queries.newest_typed(around.scope, code),
        is_whole=around.scope.covers_area(code),
        may_type=bool(code) and may(Permission.PROGRAMME_WRITE) and around.scope.covers_area(code),
        groups=GROUP_LABELS,
        code=code,
        area_name=area_name,
        trail=trail(around.scope, code),
        period=around.period,
        form=form,
    )


def _list(
    name: str,
    words: dict[str, str],
    asked: Callable[[Around, str | None], FigureList | AmountList],
) -> ResponseReturnValue:
    """One page of the list behind a figure, with the ways around it and to its file."""
    around, _ = _around(request.args.get("wilayah", ""))
    found = asked(around, request.args.get("setelah"))
    here, page = f".{name}", found.page
    address = {"wilayah": around.area, **words, **around.period.address()}
    return render_template(
        f"programme/{name}.html",
        found=found,
        count_max=COUNT_MAX,
        code=around.area,
        area_name=reached_area(around.scope, around.area),
        period=around.period,
        reach=file_reach(around.area),
        file_url=_next(f".download_{name}", address),
        previous_url=page.previous_cursor and _next(here, address, page.previous_cursor),
        next_url=page.next_cursor and _next(here, address, page.next_cursor),
    )


def _around(code: str) -> tuple[Around, PeriodForm]:
    scope, today = current_scope(), local_today()
    reached_area(scope, code)
    form = period_form(request.args)
    form.wilayah.data = code
    period = form.period(today=today, usual_days=USUAL_DAYS)
    return Around(scope=scope, area=code, period=period, today=today), form


def _former(code: str, item: str, corrects: str) -> dict[str, Any]:
    """What a correction begins with: the figure that it corrects."""
    history = queries.typed_history(current_scope(), code, item)
    former = next((line for line in history if str(line.id) == corrects), None)
    if former is None:
        return {"counted_on": local_today()}
    names = ("value", "unit", "out_of", "counted_on", "source", "note")
    return {"corrects": corrects, **{name: getattr(former, name) for name in names}}


def _next(endpoint: str, address: dict[str, Any], cursor: str | None = None) -> str:
    words = {name: word for name, word in address.items() if word}
    return url_for(endpoint, **words, setelah=cursor)


def _about(around: Around) -> dict[str, Any]:
    return {
        "place": f"{reached_area(around.scope, around.area)} {around.area}".strip(),
        "period": around.period,
        "made_by": current_account().name,
    }


def _file(book: BytesIO) -> ResponseReturnValue:
    name = f"daftar-program-{local_today().isoformat()}.xlsx"
    return send_file(book, mimetype=exports.XLSX, as_attachment=True, download_name=name)
