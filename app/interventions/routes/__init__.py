"""Pages of therapy. All belong to one blueprint; each module adds its own."""

from app.interventions.routes import effects, guests, plans, queue, referrals, spread, therapies
from app.interventions.routes.blueprint import blueprint

blueprints = (blueprint,)

__all__ = [
    "blueprints",
    "effects",
    "guests",
    "plans",
    "queue",
    "referrals",
    "spread",
    "therapies",
]
