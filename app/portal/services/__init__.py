"""Writes from and about the owner's page."""

from app.portal.services.becoming_one import keep_living_card

__all__ = ["keep_living_card"]
