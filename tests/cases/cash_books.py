"""Cash books worked out by hand (cash_books.yaml), and how they come into a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from app.cashbook.models import BookHabit, CashCount, CashEntry, DiaryMonth
from app.cashbook.rules.entries import DIRECTION_OF, MENTOR
from app.core.clock import utc_now
from app.core.ids import new_id
from app.db import db
from app.db.transaction import transaction
from app.market.models import ChannelPayment, Delivery, SalesChannel

_SUNDAY = 6
_TEXT = yaml.safe_load((Path(__file__).parent / "cash_books.yaml").read_text())
ON: date = _TEXT["read_on"]
BOOKS: list[dict[str, Any]] = _TEXT["books"]


@dataclass
class _Writer:
    enterprise_id: UUID
    by: UUID
    names: dict[str, UUID]

    def add(self, row: Any) -> UUID:
        db.session.add(row)
        db.session.flush()
        return row.id

    def line(self, text: str) -> None:
        days, category, amount, *words = text.split()
        said = dict(word.partition("=")[::2] for word in words)
        for day in _days(days):
            key = self.add(
                CashEntry(
                    id=new_id(),
                    enterprise_id=self.enterprise_id,
                    happened_on=day,
                    direction=DIRECTION_OF[category],
                    category=category,
                    amount=int(amount),
                    channel_id=self.names.get(said.get("channel", "")),
                    is_owed="owed" in said,
                    due_on=date.fromisoformat(said["due"]) if "due" in said else None,
                    settles_id=self.names.get(said.get("settles", "")),
                    corrects_id=self.names.get(said.get("corrects", "")),
                    is_void="void" in said,
                    is_current="void" not in said,
                    way=MENTOR,
                    recorded_by=self.by,
                    recorded_at=utc_now(),
                )
            )
            if "id" in said:
                self.names[said["id"]] = key
        if "corrects" in said:
            db.session.get_one(CashEntry, self.names[said["corrects"]]).is_current = False

    def count(self, text: str) -> None:
        day, amount = text.split()
        self.add(
            CashCount(
                id=new_id(),
                enterprise_id=self.enterprise_id,
                counted_on=date.fromisoformat(day),
                amount=int(amount),
                recorded_by=self.by,
                recorded_at=utc_now(),
            )
        )

    def told(self, text: str) -> None:
        month, *numbers = text.split()
        sales, costs = (None if one == "-" else int(one) for one in numbers)
        self.add(
            DiaryMonth(
                id=new_id(),
                enterprise_id=self.enterprise_id,
                month=date.fromisoformat(f"{month}-01"),
                sales=sales,
                costs=costs,
                way=MENTOR,
                recorded_by=self.by,
                recorded_at=utc_now(),
            )
        )

    def channel(self, name: str, said: dict[str, Any]) -> None:
        now = utc_now()
        key = self.names[name] = self.add(
            SalesChannel(
                id=new_id(),
                enterprise_id=self.enterprise_id,
                kind="toko_oleh_oleh",
                name=name,
                is_consignment=said.get("is_consignment", False),
                payment_days=said.get("payment_days"),
                opened_on=date(2026, 1, 1),
                created_at=now,
                updated_at=now,
            )
        )
        wrote = {"channel_id": key, "recorded_by": self.by, "recorded_at": now}
        for day, value in _dated(said.get("deliveries", [])):
            self.add(Delivery(id=new_id(), delivered_on=day, value=value, **wrote))
        for day, value in _dated(said.get("payments", [])):
            self.add(ChannelPayment(id=new_id(), paid_on=day, amount=value, **wrote))


def write_book(book: dict[str, Any], enterprise_id: UUID, by: UUID) -> None:
    """Bring one book into the database."""
    writer = _Writer(enterprise_id=enterprise_id, by=by, names={})
    with transaction():
        if "open" in book or "seasonal" in book:
            db.session.add(
                BookHabit(
                    enterprise_id=enterprise_id,
                    open_weekdays=book.get("open", [0, 1, 2, 3, 4, 5]),
                    is_seasonal=book.get("seasonal", False),
                )
            )
        for name, said in book.get("channels", {}).items():
            writer.channel(name, said)
        for text in book.get("lines", []):
            writer.line(text)
        for text in book.get("counts", []):
            writer.count(text)
        for text in book.get("diary", []):
            writer.told(text)


def _days(text: str) -> Iterator[date]:
    first, _, last = text.partition("..")
    day = date.fromisoformat(first)
    if not last:
        yield day
        return
    while day <= date.fromisoformat(last):
        if day.weekday() != _SUNDAY:
            yield day
        day += timedelta(days=1)


def _dated(texts: list[str]) -> Iterator[tuple[date, int]]:
    for text in texts:
        day, value = text.split()
        yield date.fromisoformat(day), int(value)
