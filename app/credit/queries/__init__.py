"""Reading loan offers, and what is known of who asks for one."""

from app.credit.queries.readiness_own_parts import tell_book, tell_permits

__all__ = ["tell_book", "tell_permits"]
