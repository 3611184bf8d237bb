"""Tables of therapy."""

from app.interventions.models.effect import EffectCase, EffectReport
from app.interventions.models.intervention import Intervention
from app.interventions.models.referral import GuestTry, Referral

__all__ = ["EffectCase", "EffectReport", "GuestTry", "Intervention", "Referral"]
