"""Writing the cash book."""

from app.cashbook.services.becoming_one import keep_one_word_a_month

__all__ = ["keep_one_word_a_month"]
