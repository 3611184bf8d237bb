"""The diagnosis once more, written plainly from the text of the domain reference.

Slow and simple on purpose, and it shares no code with `app.health.rules`: only the published file.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parents[3] / "app" / "health" / "instruments" / "iku-dm-v1.yaml"
ORDER = ["sakit", "kurang_sehat", "sehat"]


@cache
def published() -> dict[str, Any]:
    return yaml.safe_load(FILE.read_text("utf-8"))


def half_up(value: Fraction, steps: int) -> Fraction:
    return Fraction((value * steps + Fraction(1, 2)).__floor__(), steps)


def applies(code: str, fields: dict[str, Any], sector: str, context: dict[str, Any]) -> bool:
    if sector not in fields.get("sektor", "ABCDEF"):
        return False
    if code == "PRD5":
        return bool(context.get("has_equipment"))
    return not (code == "LGL3" and context.get("declared_non_halal"))


def class_of(score: Fraction) -> str:
    if score >= 70:
        return "sehat"
    return "kurang_sehat" if score >= 45 else "sakit"


def months_later(day: date, months: int) -> date:
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def caps(  # noqa: C901 - one branch a rule, in the order of the table.
    case: dict[str, Any], dimensions: dict[str, Fraction | None]
) -> dict[str, str]:
    context, answers, sector = case.get("context", {}), case["answers"], case["sector"]
    assessed_on = date.fromisoformat(case["assessed_on"])
    found: dict[str, str] = {}
    days = context.get("days_since_last_sale")
    if days is not None and days > 60 and not (context.get("off_season") and days <= 300):
        found["KO-1"] = "sakit"
    months, book = context.get("loss_months"), context.get("book_coverage")
    if months == 3 and book is not None and Fraction(str(book)) >= Fraction(1, 2):
        started = context.get("started_on")
        is_young = started and months_later(date.fromisoformat(started), 6) > assessed_on
        found["KO-2"] = "kurang_sehat" if is_young else "sakit"
    arrears = context.get("arrears_days")
    if arrears is not None and arrears > 90:
        found["KO-3"] = "sakit" if arrears > 120 else "kurang_sehat"
    ratio = context.get("debt_service_ratio")
    if context.get("installments_without_surplus") or (ratio is not None and ratio > 1):
        found["KO-4"] = "sakit"
    elif ratio is not None and ratio > 0.5:
        found["KO-4"] = "kurang_sehat"
    no_permit = sector == "A" and context.get("sold_outside_home") and answers.get("LGL2") == 0
    no_halal = (
        sector in "AB"
        and answers.get("LGL3") == 0
        and assessed_on >= date(2026, 10, 18)
        and not context.get("declared_non_halal")
    )
    if no_permit or no_halal:
        found["KO-5"] = "kurang_sehat"
    if context.get("incident_open"):
        found["KO-6"] = "sakit"
    quick = context.get("quick_ratio")
    if quick is not None and quick < 0.5:
        found["KO-7"] = "kurang_sehat"
    if answers.get("MNJ1") == 0:
        found["KO-8"] = "kurang_sehat"
    watched = [dimensions[code] for code in ("KEU", "PSR", "MDL")]
    if any(value is not None and value < 50 for value in watched):
        found["KO-9"] = "kurang_sehat"
    return found


def rate(case: dict[str, Any]) -> dict[str, Any]:  # noqa: C901 - reads like the text.
    """Everything but the steps."""
    context, answers, sector = case.get("context", {}), case["answers"], case["sector"]
    weights = published()["bobot_dimensi"]
    shown: dict[str, Fraction | None] = dict.fromkeys(weights)
    kept, coverages, lows, highs, used = {}, {}, {}, {}, {}
    for code, dimension in published()["dimensi"].items():
        indicators = {
            name: fields["bobot"]
            for name, fields in dimension["indikator"].items()
            if applies(name, fields, sector, context)
        }
        if not indicators:
            continue
        whole = sum(indicators.values())
        given = {name: w for name, w in indicators.items() if answers.get(name) is not None}
        earned = sum(w * answers[name] for name, w in given.items())
        missing = whole - sum(given.values())
        used[code] = weights[code]
        coverages[code] = Fraction(sum(given.values()), whole)
        lows[code] = Fraction(earned, 4 * whole)
        highs[code] = Fraction(earned + 4 * missing, 4 * whole)
        if coverages[code] >= Fraction(1, 2):
            kept[code] = Fraction(earned, 4 * sum(given.values()))
            shown[code] = half_up(100 * kept[code], 10)

    def mean(parts: dict[str, Fraction]) -> Fraction:
        return sum((weights[code] * part for code, part in parts.items()), Fraction()) / sum(
            weights[code] for code in parts
        )

    score = half_up(100 * mean(kept), 10) if kept else None
    coverage = mean(coverages)
    low, high = half_up(100 * mean(lows), 10), half_up(100 * mean(highs), 10)
    fired = caps(case, shown)
    required = [answers.get(code) for code in ("PSR2", "MDL1", "MDL2")]
    if sector in "AB":
        required.append(context.get("incident_open"))
    status = "sementara"
    if coverage < Fraction(6, 10):
        status = "belum_dapat_dinilai"
    elif coverage >= Fraction(8, 10) and len(kept) == len(used) and None not in required:
        status = "final"
    classes: list[str | None] = [None] * 4
    if status != "belum_dapat_dinilai":
        assert score is not None
        classes = [class_of(score)] + [
            min([class_of(value), *fired.values()], key=ORDER.index) for value in (score, low, high)
        ]
    return {
        "id": case["id"],
        "dimensions": {
            code: None if value is None else float(value) for code, value in shown.items()
        },
        "score": None if score is None else float(score),
        "coverage": float(half_up(coverage, 1000)),
        "low": float(low),
        "high": float(high),
        "score_class": classes[0],
        "final_class": classes[1],
        "low_class": classes[2],
        "high_class": classes[3],
        "status": status,
        "knockouts": list(fired),
        "valid_days": {"sakit": 60, "kurang_sehat": 90, "sehat": 180}.get(classes[1] or ""),
    }


def smallest_steps(  # noqa: C901 - tries everything.
    case: dict[str, Any],
) -> list[dict[str, Any]]:
    """By trying everything: only for cases with few answers that can still improve."""
    final_class = rate(case)["final_class"]
    if final_class in (None, "sehat"):
        return []
    target = ORDER[ORDER.index(final_class) + 1]
    improvable = []
    for dimension in published()["dimensi"].values():
        for code, fields in dimension["indikator"].items():
            given = case["answers"].get(code)
            if given is not None and applies(code, fields, case["sector"], case.get("context", {})):
                options = [option for option in fields["pilihan"] if option > given]
                if options:
                    improvable.append((code, given, options))
    for count in range(1, len(improvable) + 1):
        best = None
        for chosen in combinations(improvable, count):
            for points in product(*(options for _, _, options in chosen)):
                raised = {code: to for (code, _, _), to in zip(chosen, points, strict=True)}
                raises = {
                    code: to - given for (code, given, _), to in zip(chosen, points, strict=True)
                }
                answers = {**case["answers"], **raised}
                if ORDER.index(rate({**case, "answers": answers})["final_class"]) < ORDER.index(
                    target
                ):
                    continue
                key = (sum(raises.values()), [-raises.get(code, 0) for code, _, _ in improvable])
                if best is None or key < best[0]:
                    best = (key, chosen, points)
        if best is not None:
            return [
                {"indicator": code, "from": given, "to": to}
                for (code, given, _), to in zip(best[1], best[2], strict=True)
            ]
    return []
