"""What therapies achieved: figures that a job has counted, each leading to its list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.accounts.guards import current_account, current_account_id, current_scope, requires
from app.core.errors import NotFound
from app.core.permissions import Permission
from app.db.transaction import transaction
from app.enterprises.guards import take_along
from app.interventions import exports, queries, services
from app.interventions.routes.blueprint import blueprint
from app.interventions.rules import current_catalogue
from app.interventions.rules.effect_words import months
from app.web.charts import Figures
from app.web.curves import CurveChart, Step, curve_chart
from app.web.filters import angka, persen

_MONTH = 30


@blueprint.get("/terapi/manfaat")
@requires(Permission.INTERVENTION_DECIDE)
def effects() -> ResponseReturnValue:
    """What each therapy achieved, what it has cost, and how long enterprises stay sakit."""
    page = _page()
    return render_template(
        "interventions/effects.html",
        page=page,
        chart=_chart(page.sick),
        median=_median(page.sick.get("curve", {})),
        cautious=_median(page.sick.get("cautious", {})),
    )


@blueprint.get("/terapi/manfaat/<string(length=3):code>")
@requires(Permission.INTERVENTION_DECIDE)
def effect(code: str) -> ResponseReturnValue:
    """One therapy, by what it is measured by and who delivered it."""
    therapy = current_catalogue().therapies.get(code)
    if therapy is None:
        raise NotFound("therapy_unknown", message="Terapi ini tidak ditemukan.")
    page = _page()
    return render_template(
        "interventions/effect.html",
        page=page,
        therapy=therapy,
        lines=page.of_therapy(code),
        costs=page.costs_of(code),
    )


@blueprint.post("/terapi/manfaat/hitung")
@requires(Permission.INTERVENTION_DECIDE)
def count_effects() -> ResponseReturnValue:
    """Ask for a new count."""
    scope = current_scope()
    # Without an area it is one's own, as on the page that shows what was counted.
    area_code = queries.effect_area(scope, request.form.get("wilayah"))
    with transaction():
        job_id = services.ask_effects(
            area_code=area_code,
            scope=scope,
            by=current_account_id(),
        )
    return redirect(url_for("jobs.show", job_id=job_id), code=303)


@blueprint.get("/terapi/manfaat/daftar/<uuid:report_id>")
@requires(Permission.INTERVENTION_DECIDE)
def effect_cases(report_id: UUID) -> ResponseReturnValue:
    """The enterprises behind one figure."""
    words = request.args
    after = words.get("sesudah", type=int, default=-1)
    cases = queries.effect_cases(current_scope(), report_id, after=after, **_asked_cases())
    same: dict[str, Any] = {name: words[name] for name in _CASE_WORDS if name in words}
    following = {**same, "sesudah": cases.next_number}
    next_url = cases.next_number and url_for(".effect_cases", report_id=report_id, **following)
    return render_template(
        "interventions/effect_cases.html",
        cases=cases,
        next_url=next_url,
        file_url=url_for(".download_effect_cases", report_id=report_id, **same),
    )


@blueprint.get("/terapi/manfaat/daftar/<uuid:report_id>/unduh")
@requires(Permission.INTERVENTION_DECIDE)
def download_effect_cases(report_id: UUID) -> ResponseReturnValue:
    """The same list as a workbook, whole."""
    cases = queries.effect_cases(current_scope(), report_id, most=None, **_asked_cases())
    withdrawn = take_along(line.enterprise_id for line in cases.lines)
    return send_file(
        exports.cases_workbook(cases, withdrawn=withdrawn, made_by=current_account().name),
        mimetype=exports.XLSX,
        as_attachment=True,
        download_name=f"daftar-manfaat-{cases.area_code or 'indonesia'}.xlsx",
    )


@blueprint.get("/terapi/manfaat/unduh")
@requires(Permission.INTERVENTION_DECIDE)
def download_effects() -> ResponseReturnValue:
    """The figures as a workbook."""
    page = _page()
    return send_file(
        exports.effects_workbook(page, made_by=current_account().name),
        mimetype=exports.XLSX,
        as_attachment=True,
        download_name=f"manfaat-terapi-{page.area_code or 'indonesia'}.xlsx",
    )


_CASE_WORDS = ("baris", "bagian", "membaik")


def _asked_cases() -> dict[str, Any]:
    words = request.args
    return {
        "line": words.get("baris", type=int, default=-2),
        "part": words.get("bagian", ""),
        "improved": words.get("membaik") == "ya",
    }


def _page() -> queries.EffectPage:
    scope = current_scope()
    return queries.effect_page(scope, queries.effect_area(scope, request.args.get("wilayah")))


def _median(made: Mapping[str, Any]) -> dict[str, str]:
    return {name: months(made.get(name)) for name in ("median", "median_low", "median_high")}


def _chart(sick: Mapping[str, Any]) -> CurveChart | None:
    points = sick.get("curve", {}).get("points", ())
    if not points:
        return None
    return curve_chart(
        chart_id="lama-sakit",
        title="Bagian usaha yang masih sakit, menurut lamanya sejak pertama dinilai sakit",
        steps=[
            Step(**{name: one[name] for name in ("day", "share", "low", "high")}) for one in points
        ],
        tick_days=_MONTH,
        figures=Figures(
            headings=("Sesudah", "Masih diikuti", "Masih sakit", "Rentang"),
            rows=[_row(points, day) for day in range(0, points[-1]["day"] + 1, _MONTH)],
        ),
    )


def _row(points: list[Mapping[str, Any]], day: int) -> tuple[str, ...]:
    """The curve on one day: its last step until then, and how many were followed further."""
    last = [one for one in points if one["day"] <= day][-1]
    followed = next((one["at_risk"] for one in points if one["day"] >= day), 0)
    between = f"{persen(last['low'])} sampai {persen(last['high'])}"
    return f"{day} hari", angka(followed), persen(last["share"]), between
