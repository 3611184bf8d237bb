"""Tables of therapy."""

from app.interventions.models.intervention import Intervention
from app.interventions.models.referral import GuestTry, Referral

__all__ = ["GuestTry", "Intervention", "Referral"]
