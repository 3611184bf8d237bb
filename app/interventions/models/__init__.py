"""Tables of therapy."""

from app.db.belongings import MOVES, STAYS, register_belongings
from app.interventions.models.effect import EffectCase, EffectReport
from app.interventions.models.intervention import Intervention
from app.interventions.models.referral import Referral

__all__ = ["EffectCase", "EffectReport", "Intervention", "Referral"]

# A case of an effect report tells what was counted then.
register_belongings({"intervention": MOVES, "referral": MOVES, "effect_case": STAYS})
