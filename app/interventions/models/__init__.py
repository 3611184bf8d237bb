"""Tables of therapy."""

from app.interventions.models.intervention import Intervention

__all__ = ["Intervention"]
