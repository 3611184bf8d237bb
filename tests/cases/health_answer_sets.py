"""Answer sets made from the published instrument file alone, by neither code that scores them.

Reads the YAML itself, so that a fault in one reading of it can't hide in the sets. Every set is a
case line (`flask health score`) with evidence beside it; the same seed gives the same sets.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml

FILE = Path(__file__).parents[2] / "app" / "health" / "instruments" / "iku-dm-v1.yaml"
HALAL_DAY = date(2026, 10, 18)


def answer_sets(count: int, seed: int = 20261122) -> Iterator[dict[str, Any]]:
    """So many sets: every sector in turn, from fully answered to hardly begun."""
    source = yaml.safe_load(FILE.read_text("utf-8"))
    questions = {
        code: fields
        for part in source["dimensi"].values()
        for code, fields in part["indikator"].items()
    }
    random = Random(seed)  # noqa: S311
    sectors = list(source["sektor"])
    for number in range(count):
        sector = sectors[number % len(sectors)]
        assessed_on = HALAL_DAY + timedelta(days=random.choice((-400, -1, 0, 1, 35, 900)))
        yield {
            "id": number,
            "sector": sector,
            "assessed_on": assessed_on.isoformat(),
            "answers": _answers(random, questions, sector),
            "context": _context(random, source["aturan_batas"], assessed_on),
            "evidence": {
                code: random.choice(list(source["bukti"]["jenis"]))
                for code in questions
                if random.random() < 0.9
            },
        }


def _answers(random: Random, questions: dict[str, Any], sector: str) -> dict[str, int | None]:
    """Around a level of its own, so that all classes and their borders are met."""
    known_share = random.choice((1.0, 1.0, 1.0, 0.97, 0.9, 0.75, 0.62, 0.5, 0.2))
    level = random.uniform(0, 4)
    answers: dict[str, int | None] = {}
    for code, fields in questions.items():
        if random.random() > known_share:
            # Not known and not asked; half of them are not even named.
            if random.random() < 0.5:
                answers[code] = None
            continue
        options = sorted(fields.get("pilihan_sektor", {}).get(sector, fields["pilihan"]))
        near = min(options, key=lambda points: abs(points - random.gauss(level, 1)))
        # Exchange files and old versions may hold points that are no option now.
        answers[code] = near if random.random() < 0.98 else random.randint(0, 4)
    return answers


def _context(random: Random, rules: dict[str, Any], assessed_on: date) -> dict[str, Any]:
    """Facts on both sides of each border of the rules, and often none."""
    quiet = random.random() < 0.5

    def near(*borders: float, step: float = 1) -> Any:
        if quiet or random.random() < 0.4:
            return random.choice((None, 0)) if step == 1 else None
        return random.choice([round(one + move, 4) for one in borders for move in (-step, 0, step)])

    def seldom(share: float) -> bool:
        return random.random() < (share / 3 if quiet else share)

    age = random.choice((0, 31, 150, 180, 181, 182, 183, 184, 185, 900))
    return {
        "has_equipment": random.random() < 0.5,
        "declared_non_halal": random.random() < 0.2,
        "sold_outside_home": random.random() < 0.6,
        "off_season": seldom(0.3),
        "days_since_last_sale": near(rules["KO-1"]["hari"], rules["KO-1"]["hari_luar_musim"]),
        "loss_months": random.choice((None, 0, 2, 3)) if not quiet else random.choice((None, 1)),
        "book_coverage": random.choice((None, 0, 0.4999, 0.5, 0.505, 0.7354, 1)),
        "arrears_days": near(rules["KO-3"]["hari_kurang_sehat"], rules["KO-3"]["hari_sakit"]),
        "debt_service_ratio": near(
            rules["KO-4"]["rasio_kurang_sehat"], rules["KO-4"]["rasio_sakit"], step=0.0005
        ),
        "installments_without_surplus": seldom(0.1),
        "quick_ratio": near(rules["KO-7"]["rasio"], 0.125, 2, step=0.005),
        "incident_open": random.choice((None, False, False, not quiet)),
        "started_on": random.choice((None, (assessed_on - timedelta(days=age)).isoformat())),
    }
