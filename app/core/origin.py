"""From which address the present request comes, for those who write down who did what.

Services don't know Flask; the door says it here, and outside a request there is none.
"""

from __future__ import annotations

from contextvars import ContextVar

origin: ContextVar[str | None] = ContextVar("origin", default=None)
