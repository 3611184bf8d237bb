"""The way of permits and certificates: beginning it, each step, each paper."""

from app.market.services.certificates.entering import Given
from app.market.services.certificates.moving import move, note_held, open_track
from app.market.services.certificates.papers import add_paper

__all__ = ["Given", "add_paper", "move", "note_held", "open_track"]
