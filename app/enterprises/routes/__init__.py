"""Pages of the register."""

from app.enterprises.routes.audit import blueprint as audit
from app.enterprises.routes.consents import blueprint as consents
from app.enterprises.routes.entry import blueprint as entry
from app.enterprises.routes.exports import blueprint as exports
from app.enterprises.routes.imports import blueprint as imports
from app.enterprises.routes.kbli import blueprint as kbli
from app.enterprises.routes.owners import blueprint as owners
from app.enterprises.routes.photos import blueprint as photos
from app.enterprises.routes.register import blueprint as register

blueprints = (register, entry, kbli, owners, consents, photos, exports, imports, audit)
