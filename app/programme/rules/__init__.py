"""What the programme asks of a village, as data, and how figures answer it."""

from app.programme.rules.activities import ACTIVITIES, AGES, UNKNOWN
from app.programme.rules.figures import (
    USUAL_DAYS,
    Answer,
    Figure,
    NamedList,
    Number,
    figures_of,
)
from app.programme.rules.items import (
    BENEFIT,
    COVERAGE_LABELS,
    FULL,
    GROUP_LABELS,
    OUTCOME,
    OUTPUT,
    OUTSIDE,
    PART,
    Asked,
    Item,
)
from app.programme.rules.outcomes import BENEFITS, OUTCOMES
from app.programme.rules.outputs import OUTPUTS

INDICATORS = (*OUTPUTS, *OUTCOMES, *BENEFITS)
ITEMS = {item.key: item for item in (*ACTIVITIES, *INDICATORS)}

__all__ = [
    "ACTIVITIES",
    "AGES",
    "BENEFIT",
    "BENEFITS",
    "COVERAGE_LABELS",
    "FULL",
    "GROUP_LABELS",
    "INDICATORS",
    "ITEMS",
    "OUTCOME",
    "OUTCOMES",
    "OUTPUT",
    "OUTPUTS",
    "OUTSIDE",
    "PART",
    "UNKNOWN",
    "USUAL_DAYS",
    "Answer",
    "Asked",
    "Figure",
    "Item",
    "NamedList",
    "Number",
    "figures_of",
]
