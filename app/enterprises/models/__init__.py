"""Tables of the register and what searches them."""

from app.db.belongings import MOVES, register_belongings
from app.enterprises.models.consents import Consent
from app.enterprises.models.exports import RegisterExport
from app.enterprises.models.imports import (
    IMPORT_PARTS,
    IMPORT_STATES,
    MATCH_KEYS,
    ColumnMemory,
    ImportPart,
    ImportRun,
)
from app.enterprises.models.register import (
    CATEGORIES,
    EDUCATIONS,
    HEALTH_CLASSES,
    HEALTH_STATUSES,
    LIFE_CYCLES,
    RELATIONS,
    SECTORS,
    SIZE_CLASSES,
    Enterprise,
    Owner,
)
from app.enterprises.models.search import (
    SEARCH_POSTGRESQL,
    SEARCH_SQLITE,
    SEARCH_TABLE,
    UNSEARCH_SQLITE,
)

__all__ = [
    "CATEGORIES",
    "EDUCATIONS",
    "HEALTH_CLASSES",
    "HEALTH_STATUSES",
    "IMPORT_PARTS",
    "IMPORT_STATES",
    "LIFE_CYCLES",
    "MATCH_KEYS",
    "RELATIONS",
    "SEARCH_POSTGRESQL",
    "SEARCH_SQLITE",
    "SEARCH_TABLE",
    "SECTORS",
    "SIZE_CLASSES",
    "UNSEARCH_SQLITE",
    "ColumnMemory",
    "Consent",
    "Enterprise",
    "ImportPart",
    "ImportRun",
    "Owner",
    "RegisterExport",
]

# Other enterprises of the owner that goes belong to the kept one too.
register_belongings({"enterprise": MOVES, "consent": MOVES})
