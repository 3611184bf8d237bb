"""Lenders of the demo in the story's regency: two at work with members who save, one forming."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.core.text import search_text
from app.credit.models import (
    BoardMember,
    Lender,
    LenderConsent,
    LenderGrade,
    LenderMeeting,
    LenderOfficer,
    LenderStep,
    Member,
    SavingRow,
)
from app.credit.queries.loan_rules import loan_rules
from app.credit.rules.forming import STEPS
from app.credit.rules.lenders import BMT, BOARD, CLERK, KDMP, KOPERASI
from app.credit.rules.savings import DUTY, FREE, IN, OUT, PRINCIPAL, balance_after
from app.credit.services.receipts import SAVING as SAVED
from app.demo.loading.borrowers import borrowers
from app.demo.loading.cast import STORY_REGENCY, STORY_VILLAGE, Cast
from app.demo.loading.chronicle import Chronicle
from app.demo.loading.consents import CONSENT
from app.demo.loading.loan_ledger import LOAN_TABLES, Counter
from app.demo.loading.loan_plans import PLANS
from app.demo.loading.loans import tell_loans
from app.demo.loading.register import ENTERPRISE, OWNER
from app.demo.loading.shelf import Shelf, at_work, key_at
from app.demo.simulator import World
from app.enterprises.rules.consents import LENDER as LENDERS_AT_LARGE

LENDER, OFFICER, BOARD_MEMBER = (
    Lender.__table__,
    LenderOfficer.__table__,
    BoardMember.__table__,
)
MEETING, GRADE, STEP = LenderMeeting.__table__, LenderGrade.__table__, LenderStep.__table__
WORD, MEMBER, SAVING = LenderConsent.__table__, Member.__table__, SavingRow.__table__
LENDER_TABLES = (
    LENDER, OFFICER, BOARD_MEMBER, MEETING, GRADE, STEP, WORD, MEMBER, SAVING, *LOAN_TABLES,
)  # fmt: skip

_PRINCIPAL_SAVING, _DUTY_SAVING = 100_000, 10_000
_FOUNDED_YEARS_AGO = 6
# So long ago the office wrote them down, and within so many days after it most members came in.
_KNOWN_DAYS, _JOINING_DAYS = 430, 150
# Of those who agreed to be seen by lenders at large, so many belong to each; each third goes to
# the second lender.
_MOST_MEMBERS = 60
_FREE_SHARE, _OUT_SHARE = 0.4, 0.15
_BOARD = ("ketua", "sekretaris", "bendahara", "pengawas")
_NAMES = ("Sutrisno", "Endang Lestari", "Kuswanto", "Nur Hidayah")
_FORMED = ("minat", "penyuluhan_dinas", "rapat_pembentukan")


def tell_lenders(
    world: World, cast: Cast, *, told: Shelf, shelf: Shelf, chronicle: Chronicle
) -> None:
    """Put the lenders down, with who works for them, and who of those `told` belongs to them and
    borrows."""
    _Lenders(world, cast, told, shelf, chronicle).tell()


class _Lenders:
    """Makes lenders one after the other."""

    def __init__(
        self, world: World, cast: Cast, told: Shelf, shelf: Shelf, chronicle: Chronicle
    ) -> None:
        self.seed, self.last_on = world.seed, world.last_on
        self.cast, self.told, self.shelf, self.chronicle = cast, told, shelf, chronicle
        self.chance = Random(f"{world.seed}-lenders")
        self.officer = cast.officers[STORY_REGENCY]
        self.members: dict[UUID, list[tuple[UUID, datetime]]] = {}
        self.shown = next(
            (row["id"] for row in told.rows(OWNER) if row["account_id"] == cast.entrepreneur), None
        )

    def tell(self) -> None:
        """All of them."""
        working = [
            self._lender(KOPERASI, "Koperasi Mekar Usaha Losari"),
            self._lender(BMT, "BMT Amanah Rawalo"),
        ]
        forming = self._lender(KDMP, "Koperasi Desa Merah Putih Losari", is_forming=True)
        # Who serves at the desk of one sits on the board of the other: two decide on each loan.
        desks = [
            self._counter(one, clerk, board)
            for one, clerk, board in zip(
                working, self.cast.cooperative, reversed(self.cast.cooperative), strict=True
            )
        ]
        for one in working:
            self._at_work(one)
        self._steps(forming)
        for number, (owner_id, general) in enumerate(self._willing()):
            self._member(desks[1 if number % 3 == 2 else 0], owner_id, general)
        for desk, plans in zip(desks, PLANS, strict=True):
            found = borrowers(self.told, self.members.get(desk.lender["id"], ()), self.shown)
            tell_loans(desk, found, plans, self.last_on)
            self._number(desk)

    def _counter(self, lender: dict[str, Any], clerk: UUID, board: UUID) -> Counter:
        self._works(lender, clerk, CLERK)
        self._works(lender, board, BOARD)
        return Counter(
            lender=lender,
            clerk=clerk,
            board=board,
            rules=loan_rules(on=self.last_on),
            shelf=self.shelf,
            note=self.chronicle.note,
            chance=Random(f"{self.seed}-loans-{lender['kind']}"),
            receipts=[],
        )

    def _lender(self, kind: str, name: str, *, is_forming: bool = False) -> dict[str, Any]:
        created_at = self._on(self.last_on - timedelta(days=_KNOWN_DAYS))
        founded_on = self.last_on - timedelta(days=365 * _FOUNDED_YEARS_AGO)
        row = {
            "id": key_at(self.chance, created_at),
            "kind": kind,
            "name": name,
            "search_name": search_text(name),
            "village_code": STORY_VILLAGE,
            "address": "" if is_forming else "Jalan Pasar Losari 12",
            "legal_number": None if is_forming else f"AHU-0{self.chance.randrange(1000, 9999)}.AH",
            "legal_on": None if is_forming else founded_on,
            "nib": None,
            "npwp": None,
            "permit_number": None,
            "founders": 14 if is_forming else 21,
            "principal_saving": 0 if is_forming else _PRINCIPAL_SAVING,
            "duty_saving": 0 if is_forming else _DUTY_SAVING,
            "is_forming": is_forming,
            "is_closed": False,
            "next_member_number": 1,
            "next_receipt_number": 1,
            "version": 1,
            "created_by": self.officer,
            "created_at": created_at,
        }
        self.shelf.add(LENDER, row)
        return row

    def _works(self, lender: dict[str, Any], account_id: UUID, duty: str) -> None:
        row = {
            "id": key_at(self.chance, lender["created_at"]),
            "lender_id": lender["id"],
            "account_id": account_id,
            "duty": duty,
            "from_on": self.last_on - timedelta(days=_KNOWN_DAYS - 1),
            "until_on": None,
            "set_by": self.officer,
            "set_at": lender["created_at"],
        }
        self.shelf.add(OFFICER, row)

    def _at_work(self, lender: dict[str, Any]) -> None:
        """Board, yearly meetings and class of health."""
        told = {"lender_id": lender["id"]}
        for position, name in zip(_BOARD, _NAMES, strict=True):
            row = {
                "id": key_at(self.chance, lender["created_at"]),
                "name": name,
                "position": position,
                "from_on": lender["legal_on"],
                "until_on": None,
            }
            self.shelf.add(BOARD_MEMBER, {**told, **row})
        noted = {"recorded_by": self.officer, "recorded_at": lender["created_at"]}
        for back in (2, 1):
            year = self.last_on.year - back
            row = {
                "id": key_at(self.chance, lender["created_at"]),
                "book_year": year,
                "held_on": min(date(year + 1, 3, 20), self.last_on),
                "present": self.chance.randrange(30, 80),
                "surplus": self.chance.randrange(80, 240) * 100_000,
                "note": "",
            }
            self.shelf.add(MEETING, {**told, **row, **noted})
        row = {
            "id": key_at(self.chance, lender["created_at"]),
            "grade": "sehat" if lender["kind"] == KOPERASI else "cukup_sehat",
            "found_on": self.last_on - timedelta(days=230),
            "source": f"Sertifikat Dinas Koperasi {self.last_on.year}",
        }
        self.shelf.add(GRADE, {**told, **row, **noted})

    def _steps(self, lender: dict[str, Any]) -> None:
        for number, code in enumerate(_FORMED):
            day = self.last_on - timedelta(days=120 - 30 * number)
            at = self._on(day)
            row = {
                "id": key_at(self.chance, at),
                "lender_id": lender["id"],
                "step": code,
                "reached_on": day,
                "papers": " ".join(STEPS[code].papers),
                "photo_id": None,
                "note": "14 warga bersedia menjadi pendiri." if number == 0 else "",
                "recorded_by": self.officer,
                "recorded_at": at,
            }
            self.shelf.add(STEP, row)

    def _willing(self) -> Iterator[tuple[UUID, Any]]:
        """Owners of the regency who agreed to be seen by lenders at large, the one shown first."""
        here = {
            row["owner_id"]
            for row in self.told.rows(ENTERPRISE)
            if row["village_code"].startswith(f"{STORY_REGENCY}.")
        }
        willing = [
            row
            for row in self.told.rows(CONSENT)
            if row["purpose"] == LENDERS_AT_LARGE
            and row["owner_id"] in here
            and row.get("withdrawn_on") is None
        ]
        willing.sort(key=lambda one: (one["owner_id"] != self.shown, str(one["owner_id"])))
        for row in willing[:_MOST_MEMBERS]:
            yield row["owner_id"], row

    def _member(self, desk: Counter, owner_id: UUID, general: Any) -> None:
        lender = desk.lender
        day = max(
            general["given_on"] + timedelta(days=self.chance.randrange(5, 60)),
            self.last_on - timedelta(days=_KNOWN_DAYS - 2 - self.chance.randrange(_JOINING_DAYS)),
        )
        if day > self.last_on:
            return
        at = max(self._on(day), general["recorded_at"])
        word = {
            "id": key_at(self.chance, at),
            "owner_id": owner_id,
            "lender_id": lender["id"],
            "text_version": general["text_version"],
            "way": general["way"],
            "witness": general["witness"],
            "given_on": day,
            "recorded_by": self.officer,
            "recorded_at": at,
            "withdrawn_at": None,
            "withdrawal_recorded_by": None,
        }
        self.shelf.add(WORD, word)
        row = {
            "id": key_at(self.chance, at),
            "lender_id": lender["id"],
            "owner_id": owner_id,
            "number": lender["next_member_number"],
            "joined_on": day,
            "left_on": None,
            "version": 1,
            "recorded_by": desk.clerk,
            "recorded_at": at,
        }
        lender["next_member_number"] += 1
        self.shelf.add(MEMBER, row)
        self.members.setdefault(lender["id"], []).append((owner_id, at))
        changes = {"lender": [None, lender["name"]]}
        self._note(lender, "member.joined", row["id"], at, desk.clerk, changes)
        self._savings(desk, row)

    def _savings(self, desk: Counter, member: dict[str, Any]) -> None:
        """What a member paid in on joining and each month, and at times besides."""
        lender: dict[str, Any] = desk.lender
        day: date = member["joined_on"]
        moves = [(PRINCIPAL, IN, lender["principal_saving"], day)]
        while day <= self.last_on:
            moves.append((DUTY, IN, lender["duty_saving"], day))
            if self.chance.random() < _FREE_SHARE:
                moves.append((FREE, IN, self.chance.randrange(1, 20) * 10_000, day))
            elif self.chance.random() < _OUT_SHARE:
                moves.append((FREE, OUT, 10_000, day))
            day += timedelta(days=30)
        turns: dict[str, int] = {}
        balances: dict[str, int] = {}
        for kind, direction, amount, on in moves:
            if direction == OUT and balances.get(kind, 0) < amount:
                continue
            balances[kind] = balance_after(balances.get(kind, 0), direction, amount)
            turns[kind] = turns.get(kind, 0) + 1
            # Whoever joins is in the book before what they pay in.
            at = max(self._on(on), member["recorded_at"] + timedelta(minutes=1))
            row = {
                "id": key_at(self.chance, at),
                "member_id": member["id"],
                "kind": kind,
                "direction": direction,
                "amount": amount,
                "turn": turns[kind],
                "balance": balances[kind],
                "happened_on": on,
                "receipt": "",
                "note": "",
                "undoes_id": None,
                "recorded_by": desk.clerk,
                "recorded_at": at,
            }
            self.shelf.add(SAVING, row)
            desk.receipts.append((row, SAVED, lambda: None))
            self._note(lender, "saving.saved", member["id"], at, desk.clerk, None)

    def _number(self, desk: Counter) -> None:
        """Receipts get their numbers in the order in which they were written."""
        desk.receipts.sort(key=lambda one: (one[0]["recorded_at"], one[0]["id"]))
        for number, (row, prefix, told) in enumerate(desk.receipts, start=1):
            row["receipt"] = f"{prefix}-{row['recorded_at'].year}-{number:06d}"
            told()
        desk.lender["next_receipt_number"] = len(desk.receipts) + 1

    def _note(
        self,
        lender: dict[str, Any],
        action: str,
        member_id: UUID,
        at: datetime,
        by: UUID,
        changes: dict[str, Any] | None,
    ) -> None:
        area, subject = lender["village_code"], ("member", member_id)
        self.chronicle.note(action, subject, at=at, by=by, area_code=area, changes=changes)

    def _on(self, day: date) -> datetime:
        return at_work(self.chance, day)
