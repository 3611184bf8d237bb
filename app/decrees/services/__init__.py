"""Writing decrees down, and applying them once."""

from app.decrees.services.applying import Applied, apply_decree
from app.decrees.services.drafting import discard_decree, draft_decree, must_reach_country

__all__ = ["Applied", "apply_decree", "discard_decree", "draft_decree", "must_reach_country"]
