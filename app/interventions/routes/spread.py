"""Places, pillars and money: the matrix, what overlaps, what nobody answers."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from flask import render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account, current_scope, requires
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.permissions import Permission
from app.enterprises.guards import file_reach, take_along
from app.health.queries.instruments import indicator_name
from app.interventions import exports, queries
from app.interventions.queries import SpreadList
from app.interventions.routes.blueprint import blueprint
from app.interventions.rules import FUNDING_SOURCES, current_catalogue
from app.interventions.rules.money import FIRST_YEAR, LAST_YEAR
from app.places.queries import reached_area

_DEEPEST = 1_000_000
_WORDS = ("wilayah", "tahun", "pilar", "dana", "temuan")


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
    book = exports.spread_workbook(found, made_by=current_account().name)
    return _file(book, f"sebaran-terapi-{found.area_code or 'indonesia'}-{found.year}")


@blueprint.get("/terapi/sebaran/terapi")
@requires(Permission.DASHBOARD_READ)
def spread_helps() -> ResponseReturnValue:
    """The therapies behind a cell."""
    found = queries.help_lines(current_scope(), _area(), _year(), part=_part(), **_cell())
    return _list("spread_helps", found, about=_cell_words())


@blueprint.get("/terapi/sebaran/terapi/unduh")
@requires(Permission.ENTERPRISE_EXPORT)
def download_spread_helps() -> ResponseReturnValue:
    """The same list as a workbook, whole."""
    scope, area_code = current_scope(), _area_of_file()
    found = queries.help_lines(scope, area_code, _year(), part=queries.WHOLE, **_cell())
    withdrawn = take_along(line.enterprise_id for line in found.lines)
    about = (f"{reached_area(scope, area_code)}, {', '.join(_cell_words())}.",)
    book = exports.helps_workbook(found, about, withdrawn=withdrawn, made_by=current_account().name)
    return _file(book, f"terapi-di-balik-angka-{area_code or 'indonesia'}-{_year()}")


@blueprint.get("/terapi/sebaran/tumpang-tindih")
@requires(Permission.DASHBOARD_READ)
def spread_overlaps() -> ResponseReturnValue:
    """The enterprises that are helped twice for one need."""
    found = queries.overlap_lines(current_scope(), _close(_area()), _year(), part=_part())
    return _list("spread_overlaps", found)


@blueprint.get("/terapi/sebaran/tumpang-tindih/unduh")
@requires(Permission.ENTERPRISE_EXPORT)
def download_spread_overlaps() -> ResponseReturnValue:
    """The same list as a workbook, whole."""
    scope, area_code = current_scope(), _close(_area_of_file())
    found = queries.overlap_lines(scope, area_code, _year(), part=queries.WHOLE)
    withdrawn = take_along(line.enterprise_id for line in found.lines)
    about = (f"{reached_area(scope, area_code)}, tahun anggaran {_year()}.",)
    book = exports.overlaps_workbook(
        found, about, withdrawn=withdrawn, made_by=current_account().name
    )
    return _file(book, f"tumpang-tindih-terapi-{area_code}-{_year()}")


@blueprint.get("/terapi/sebaran/celah")
@requires(Permission.DASHBOARD_READ)
def spread_gaps() -> ResponseReturnValue:
    """The enterprises with a finding that no therapy answers."""
    finding, part = _finding(), _part()
    found = queries.gap_lines(current_scope(), _close(_area()), indicator=finding, part=part)
    name = indicator_name(finding) if finding else ""
    return _list("spread_gaps", found, finding=name)


@blueprint.get("/terapi/sebaran/celah/unduh")
@requires(Permission.ENTERPRISE_EXPORT)
def download_spread_gaps() -> ResponseReturnValue:
    """The same list as a workbook, whole."""
    scope, area_code, finding = current_scope(), _close(_area_of_file()), _finding()
    found = queries.gap_lines(scope, area_code, indicator=finding, part=queries.WHOLE)
    withdrawn = take_along(line.enterprise_id for line in found.lines)
    which = f"Temuan: {indicator_name(finding)}." if finding else "Semua temuan."
    about = (f"{reached_area(scope, area_code)}. {which}",)
    book = exports.gaps_workbook(found, about, withdrawn=withdrawn, made_by=current_account().name)
    return _file(book, f"temuan-tanpa-terapi-{area_code}")


def _list(name: str, found: SpreadList, **words: Any) -> str:
    """One page of a list, with the ways to the next and to the file."""
    here, file = f".{name}", f".download_{name}"
    begin, after = _part().start, _part().stop
    former = max(begin - queries.SPREAD_LIST_SIZE, 0)
    return render_template(
        f"interventions/{name}.html",
        found=found,
        area_code=_area(),
        year=_year(),
        reach=file_reach(_area()),
        file_url=_same(file),
        previous_url=_same(here, mulai=former or None) if begin else None,
        next_url=_same(here, mulai=after) if after < found.total else None,
        **words,
    )


def _same(endpoint: str, **changed: Any) -> str:
    """The address of the same list as a file or from another line on."""
    words: dict[str, Any] = {name: request.args[name] for name in _WORDS if name in request.args}
    return url_for(endpoint, **{**words, "wilayah": _area(), **changed})


def _part() -> slice:
    begin = min(max(request.args.get("mulai", 0, type=int), 0), _DEEPEST)
    return slice(begin, begin + queries.SPREAD_LIST_SIZE)


def _cell() -> dict[str, str]:
    """Pillar and source of money of a cell."""
    pillar, source = request.args.get("pilar", ""), request.args.get("dana", "")
    is_known = pillar in ("", *current_catalogue().pillars) and source in ("", *FUNDING_SOURCES)
    if not is_known:
        raise NotFound("cell_unknown", message="Daftar ini tidak ditemukan.")
    return {"pillar": pillar, "source": source}


def _cell_words() -> list[str]:
    cell = _cell()
    pillar = current_catalogue().pillars.get(cell["pillar"], "")
    words = (f"tahun anggaran {_year()}", pillar, FUNDING_SOURCES.get(cell["source"], ""))
    return [word for word in words if word]


def _finding() -> str:
    finding = request.args.get("temuan", "")
    if finding and finding not in current_catalogue().options:
        raise NotFound("finding_unknown", message="Daftar ini tidak ditemukan.")
    return finding


def _area() -> str:
    return queries.spread_area(current_scope(), request.args.get("wilayah"))


def _area_of_file() -> str:
    """The area of a file, which holds the part of it from which the caller may take along."""
    scope = current_scope()
    asked = request.args.get("wilayah")
    if asked is None:
        return queries.spread_area(scope, None)
    reached_area(scope, asked)
    return asked


def _close(area_code: str) -> str:
    if not queries.is_close_area(area_code):
        raise NotFound("area_too_wide", message="Pilih satu kabupaten atau desa dahulu.")
    return area_code


def _year() -> int:
    year = request.args.get("tahun", type=int, default=local_today().year)
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _file(book: BytesIO, name: str) -> ResponseReturnValue:
    return send_file(book, mimetype=exports.XLSX, as_attachment=True, download_name=f"{name}.xlsx")
