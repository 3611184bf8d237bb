"""Places, pillars and money: the matrix, what overlaps, what nobody answers."""

from __future__ import annotations

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account, current_scope, requires
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.permissions import Permission
from app.interventions import exports, queries
from app.interventions.routes.blueprint import blueprint
from app.interventions.rules import FUNDING_SOURCES, current_catalogue
from app.interventions.rules.money import FIRST_YEAR, LAST_YEAR


@blueprint.get("/terapi/sebaran")
@requires(Permission.DASHBOARD_READ)
def spread() -> ResponseReturnValue:
    """The matrix of an area and a year."""
    found = queries.spread(current_scope(), _area(), _year())
    return render_template("interventions/spread.html", found=found)


@blueprint.get("/terapi/sebaran/unduh")
@requires(Permission.DASHBOARD_READ)
def download_spread() -> ResponseReturnValue:
    """The matrix as a workbook."""
    found = queries.spread(current_scope(), _area(), _year())
    return send_file(
        exports.spread_workbook(found, made_by=current_account().name),
        mimetype=exports.XLSX,
        as_attachment=True,
        download_name=f"sebaran-terapi-{found.area_code or 'indonesia'}-{found.year}.xlsx",
    )


@blueprint.get("/terapi/sebaran/terapi")
@requires(Permission.DASHBOARD_READ)
def spread_helps() -> ResponseReturnValue:
    """The therapies behind a cell."""
    pillar, source = request.args.get("pilar", ""), request.args.get("dana", "")
    pillars = current_catalogue().pillars
    if (pillar and pillar not in pillars) or (source and source not in FUNDING_SOURCES):
        raise NotFound("cell_unknown", message="Daftar ini tidak ditemukan.")
    found = queries.help_lines(current_scope(), _area(), _year(), pillar=pillar, source=source)
    words = [str(_year()), pillars.get(pillar, ""), FUNDING_SOURCES.get(source, "")]
    return render_template(
        "interventions/spread_helps.html",
        found=found,
        area_code=_area(),
        year=_year(),
        about=[word for word in words if word],
    )


@blueprint.get("/terapi/sebaran/tumpang-tindih")
@requires(Permission.DASHBOARD_READ)
def spread_overlaps() -> ResponseReturnValue:
    """The enterprises that are helped twice for one need."""
    area_code = _close_area()
    found = queries.overlap_lines(current_scope(), area_code, _year())
    return render_template(
        "interventions/spread_overlaps.html", found=found, area_code=area_code, year=_year()
    )


@blueprint.get("/terapi/sebaran/celah")
@requires(Permission.DASHBOARD_READ)
def spread_gaps() -> ResponseReturnValue:
    """The enterprises with a finding that no therapy answers."""
    area_code, indicator = _close_area(), request.args.get("temuan", "")
    if indicator and indicator not in current_catalogue().options:
        raise NotFound("finding_unknown", message="Daftar ini tidak ditemukan.")
    found = queries.gap_lines(current_scope(), area_code, indicator=indicator)
    return render_template(
        "interventions/spread_gaps.html", found=found, area_code=area_code, year=_year()
    )


def _area() -> str:
    return queries.spread_area(current_scope(), request.args.get("wilayah"))


def _close_area() -> str:
    area_code = _area()
    if not queries.is_close_area(area_code):
        raise NotFound("area_too_wide", message="Pilih satu kabupaten atau desa dahulu.")
    return area_code


def _year() -> int:
    year = request.args.get("tahun", type=int, default=local_today().year)
    return min(max(year, FIRST_YEAR), LAST_YEAR)
