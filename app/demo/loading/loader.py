"""Writing a whole demo world: mark, people, then enterprises in slices."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update

from app.accounts.models import Account, Membership
from app.core import settings
from app.core.clock import utc_now
from app.core.errors import Conflict, NotAllowed, WrongState
from app.db import db
from app.db.transaction import transaction
from app.db.upsert import bulk_insert
from app.demo.loading.aid_cases import CASE, FINDING, STEP
from app.demo.loading.care import ASSIGNMENT, PROMISE, VISIT
from app.demo.loading.cash import COUNT, ENTRY, HABIT
from app.demo.loading.cast import STORY_VILLAGE, Cast, cast_rows
from app.demo.loading.chronicle import Chronicle
from app.demo.loading.consents import CONSENT
from app.demo.loading.debts import DEBT
from app.demo.loading.diagnosis import ASSESSMENT, SPAN
from app.demo.loading.diary import DIARY
from app.demo.loading.gatherings import ATTENDANCE, MENTOR_TRAINING, SESSION, Gatherings
from app.demo.loading.goods import CHANNEL, DELIVERY, PAYMENT, PRODUCT, RECEIVABLE, RETURN
from app.demo.loading.lenders import LENDER_TABLES, tell_lenders
from app.demo.loading.letters import OBJECTION, REFERRAL, REQUEST, TYPED, typed_figures
from app.demo.loading.logins import DemoLogin
from app.demo.loading.mark import Mark, present_mark
from app.demo.loading.months import EXPENSE, REPORT, SAFETY
from app.demo.loading.office import CHECK
from app.demo.loading.papers import CERTIFICATE, LABEL
from app.demo.loading.papers import STEP as PAPER_STEP
from app.demo.loading.register import ENTERPRISE, OWNER, Registrar, draw_births
from app.demo.loading.shelf import Shelf
from app.demo.loading.story import Teller
from app.demo.loading.tools import HANDOVER, HOLDING, TOOL, TOOL_CHECK, stored_tools
from app.demo.loading.treatment import INTERVENTION, Courses
from app.demo.loading.truth import TRUTH
from app.demo.loading.voices import ACCOUNT, CARD, CONFIRMATION, MEMBERSHIP, MESSAGE
from app.demo.models import DemoMark
from app.demo.simulator import VERSION, World, simulate
from app.demo.villages import DEMO_VILLAGES
from app.enterprises.models import Enterprise, Owner
from app.mentoring.models import Mentor
from app.places.models import Area

QUARTERS = 8
# Enterprises a transaction: rows of a slice lie in memory, and a break costs no more than this.
SLICE = 2_000
PEOPLE = (Account.__table__, Membership.__table__, Mentor.__table__, EXPENSE, REPORT)
SLICE_TABLES = (
    ACCOUNT, MEMBERSHIP, OWNER, CARD, CONSENT,
    ENTERPRISE, ASSIGNMENT, ASSESSMENT, SPAN, INTERVENTION, VISIT, CHECK,
    SAFETY, PROMISE, TRUTH, CASE, FINDING, STEP, HANDOVER, TOOL, HOLDING, TOOL_CHECK, SESSION,
    ATTENDANCE, MENTOR_TRAINING, REFERRAL, OBJECTION, REQUEST, TYPED, PRODUCT, CHANNEL, DELIVERY,
    PAYMENT, RETURN, RECEIVABLE, LABEL, CERTIFICATE, PAPER_STEP,
    ENTRY, COUNT, HABIT, DIARY, CONFIRMATION, MESSAGE, DEBT,
)  # fmt: skip
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What is there now: rows by table that this run wrote (none if all was there before)."""

    seed: int
    enterprises: int
    last_on: date
    was_there: bool
    rows: dict[str, int]
    logins: tuple[DemoLogin, ...]


def load_world(*, seed: int, enterprises: int, last_on: date, progress: Progress) -> Loaded:
    """Make the world and write it; go on where a broken run stopped.

    Raises:
        NotAllowed: this is production.
        WrongState: the places are not loaded yet.
        Conflict: another demo world, or real people, are in this database.
    """
    mark = _checked_mark(seed, enterprises)
    world = simulate(
        seed=seed,
        enterprises=enterprises,
        quarters=QUARTERS,
        last_on=mark.last_on if mark else last_on,
    )
    shelf = Shelf(PEOPLE)
    cast = cast_rows(world, shelf)
    counts: Counter[str] = Counter()
    was_there = mark is not None and mark.is_complete
    if not was_there:
        if mark is None:
            counts += _begin(world, shelf)
        counts += _slices(world, cast, progress)
        with transaction():
            db.session.execute(update(DemoMark).values(is_complete=True))
    return Loaded(
        seed=seed,
        enterprises=enterprises,
        last_on=world.last_on,
        was_there=was_there,
        rows=dict(counts),
        logins=cast.logins,
    )


def _checked_mark(seed: int, enterprises: int) -> Mark | None:
    if settings.current().is_production:
        raise NotAllowed(
            "demo_in_production", message="Data contoh tidak boleh dimuat di sistem sungguhan."
        )
    mark = present_mark()
    if mark is not None and (mark.seed, mark.enterprise_count) != (seed, enterprises):
        raise Conflict(
            "demo_differs",
            message=f"Basis data ini sudah berisi data contoh lain (seed {mark.seed}, "
            f"{mark.enterprise_count} usaha). Pakai basis data kosong.",
        )
    if mark is None and _holds_people():
        raise Conflict(
            "demo_among_real",
            message="Basis data ini sudah berisi pemilik atau usaha. Data contoh hanya dimuat ke "
            "basis data kosong.",
        )
    _check_places()
    db.session.rollback()
    return mark


def _holds_people() -> bool:
    owner = db.session.scalar(select(Owner.id).limit(1))
    return owner is not None or db.session.scalar(select(Enterprise.id).limit(1)) is not None


def _check_places() -> None:
    codes = [place.code for place in DEMO_VILLAGES]
    count = db.session.scalar(select(func.count()).where(Area.code.in_(codes)))
    if count != len(codes):
        raise WrongState(
            "demo_without_places",
            message="Wilayah belum dimuat. Jalankan lebih dulu: flask places load",
        )


def _begin(world: World, shelf: Shelf) -> Counter[str]:
    """Mark the database before the first invented person is in it."""
    with transaction():
        mark = {
            "id": 1,
            "seed": world.seed,
            "enterprise_count": world.people.size,
            "last_on": world.last_on,
            "simulator_version": VERSION,
            "loaded_at": utc_now(),
            "is_complete": False,
        }
        bulk_insert(DemoMark.__table__, [mark])
        return shelf.write()


def _hold_pages_in_memory() -> None:
    """Let SQLite keep the indexes that grow in memory (128 MB); its default holds 2 MB."""
    connection = db.session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA cache_size=-131072")


def _slices(world: World, cast: Cast, progress: Progress) -> Counter[str]:
    writer, size = _SliceWriter(world, cast), world.people.size
    counts: Counter[str] = Counter()
    # The world lives until the end; the collector need not look through it after every slice.
    gc.freeze()
    try:
        for start in range(0, size, SLICE):
            stop = min(start + SLICE, size)
            counts += writer.write(start, stop)
            progress(stop, size)
    finally:
        gc.unfreeze()
    return counts


class _SliceWriter:
    """Writes slices of enterprises, each in its own transaction; one that is there is left."""

    def __init__(self, world: World, cast: Cast) -> None:
        self.world, self.cast = world, cast
        self.births, self.courses = draw_births(world), Courses(world)
        self.entrepreneur = (_story_row(world), cast.entrepreneur)

    def write(self, start: int, stop: int) -> Counter[str]:
        """Write enterprises `start` to `stop`; give the rows by table."""
        registrar = Registrar(self.world, self.births, start, stop, entrepreneur=self.entrepreneur)
        made = registrar.made()
        shelf, chronicle = Shelf(SLICE_TABLES), Chronicle()
        with transaction():
            if db.session.get(Enterprise, made[0][0].enterprise_id) is not None:
                return Counter()
            _hold_pages_in_memory()
            teller = Teller(
                self.world,
                self.cast,
                self.courses,
                shelf=shelf,
                chronicle=chronicle,
                start=start,
            )
            for one in made:
                teller.tell(one)
            self._gather(teller, shelf, chronicle, start)
            counts = shelf.write()
            if start == 0:
                # What the rules of lending say is asked of the rows that are there.
                lent = Shelf(LENDER_TABLES)
                tell_lenders(self.world, self.cast, told=shelf, shelf=lent, chronicle=chronicle)
                counts += lent.write()
            counts["history_entry"] += chronicle.write()
            return counts

    def _gather(self, teller: Teller, shelf: Shelf, chronicle: Chronicle, start: int) -> None:
        """What concerns villages and regencies; the latter once, with the first slice."""
        gatherings = Gatherings(self.world, self.cast, shelf, chronicle)
        gatherings.of_villages(teller.guests, start)
        if start == 0:
            gatherings.of_mentors()
            stored_tools(self.world, self.cast, shelf, chronicle)
            typed_figures(self.world, self.cast, shelf, chronicle)


def _story_row(world: World) -> int:
    """The first enterprise of the story's village that still trades; its owner gets a log-in."""
    village = [place.code for place in DEMO_VILLAGES].index(STORY_VILLAGE)
    own = ((world.people.village == village) & (world.end == 0)).nonzero()[0]
    return int(own[0]) if len(own) else 0
