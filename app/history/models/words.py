"""The free words of the history, apart from it, so that they can be forgotten."""

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.history.models.append_only import refuse_all_but_forgetting


class HistoryWords(db.Model):
    """What somebody wrote in one row of the history: its note, and the values that are texts.

    `words` is the very text that was hashed with `salt` (`rules.words`). Both go at an erasure; the
    row stays and says since when. Nothing else about it can be changed, and it can't be deleted.
    """

    __tablename__ = "history_words"
    __table_args__ = (
        CheckConstraint(
            "(salt IS NULL) = (words IS NULL) AND (words IS NULL) = (erased_on IS NOT NULL)",
            name="there_or_erased",
        ),
    )

    # Of `HistoryEntry`; no reference, because nothing of either is ever deleted.
    n: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    words: Mapped[str | None] = mapped_column(Text)
    erased_on: Mapped[date | None]


refuse_all_but_forgetting(HistoryWords.__table__)
