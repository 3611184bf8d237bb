"""Reading assessments, always within a scope."""

from app.health.queries.disputes import (
    ObjectionView,
    SettledView,
    objection,
    objections_of,
    open_objection_count,
    open_objections,
    open_settlement_count,
    open_settlements,
    reassessment_asked,
    settled,
    settled_of_assessments,
)
from app.health.queries.drafts import DraftPage, contradicted_draft, draft_answers, draft_page
from app.health.queries.instruments import (
    current_instrument,
    indicator_name,
    instrument_of,
    published_instruments,
)
from app.health.queries.known import known_answers, known_answers_of, told_facts_of
from app.health.queries.latest_points import latest_points
from app.health.queries.loan_blocks import loan_blocks
from app.health.queries.pages import (
    DimensionLine,
    EnterpriseHealth,
    PastAssessment,
    Result,
    Trend,
    enterprise_health,
    result,
)
from app.health.queries.readiness import tell_health
from app.health.queries.stored import (
    assessment,
    assessments_in_order,
    assessments_of,
    corrections_of,
    draft,
    latest,
)

__all__ = [
    "DimensionLine",
    "DraftPage",
    "EnterpriseHealth",
    "ObjectionView",
    "PastAssessment",
    "Result",
    "SettledView",
    "Trend",
    "assessment",
    "assessments_in_order",
    "assessments_of",
    "contradicted_draft",
    "corrections_of",
    "current_instrument",
    "draft",
    "draft_answers",
    "draft_page",
    "enterprise_health",
    "indicator_name",
    "instrument_of",
    "known_answers",
    "known_answers_of",
    "latest",
    "latest_points",
    "loan_blocks",
    "objection",
    "objections_of",
    "open_objection_count",
    "open_objections",
    "open_settlement_count",
    "open_settlements",
    "published_instruments",
    "reassessment_asked",
    "result",
    "settled",
    "settled_of_assessments",
    "tell_health",
    "told_facts_of",
]
