"""Applying what phones send."""

from app.field.services.successors import remember_successor

__all__ = ["remember_successor"]
