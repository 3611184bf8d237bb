"""Setting loan offers; writing down members, savings, loans and what owners agreed to."""

from app.credit.services.consents_becoming_one import drop_twice_given_words
from app.credit.services.members_becoming_one import keep_one_membership

__all__ = ["drop_twice_given_words", "keep_one_membership"]
