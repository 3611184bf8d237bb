"""Pages of therapy. All belong to one blueprint; each module adds its own."""

from app.interventions.routes import plans, queue, therapies
from app.interventions.routes.blueprint import blueprint

blueprints = (blueprint,)

__all__ = ["blueprints", "plans", "queue", "therapies"]
