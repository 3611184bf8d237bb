"""*Hari ini* on the phone with 60 enterprises and a processor six times slower, in Chromium."""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from app.accounts.models import Account
from app.core.clock import local_today
from app.db import db
from app.enterprises.models import Enterprise
from benchmarks.measure import Line, report
from benchmarks.world import PRODUCTS
from tests.e2e.field.phone import PIN, Phone
from tests.e2e.site import Site
from tests.factories.enterprises import enterprise, owner
from tests.factories.health import assessment
from tests.factories.mentoring import assigned, mentor, promise, visit

ENTERPRISES, VISITS, SLOWER = 60, 3, 6
GOAL_MS = 1000.0
_HAMLETS = ("Krajan", "Kulon Kali", "Sidamulya", "Karanganyar", "Pesawahan")
# When the key of the PIN was there, and when the list was drawn for the first time after that.
_WATCH = """
(() => {
  const marks = { ready: 0, drawn: 0, whole: 0 };
  window.__marks = marks;
  const derive = SubtleCrypto.prototype.deriveBits;
  SubtleCrypto.prototype.deriveBits = async function (...given) {
    const bits = await derive.apply(this, given);
    marks.ready = performance.now();
    return bits;
  };
  const painted = (name) => requestAnimationFrame(() => setTimeout(() => {
    marks[name] = marks[name] || performance.now();
  }));
  new MutationObserver(() => {
    const lines = document.querySelectorAll("[data-groups] .lap-card").length;
    if (lines && !marks.drawn) painted("drawn");
    if (lines >= EXPECTED && !marks.whole) painted("whole");
  }).observe(document, { childList: true, subtree: true });
})();
"""


def main() -> int:
    """Measure with the processor slowed down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--count", type=int, default=ENTERPRISES * (VISITS + 1), help="visits")
    options = parser.parse_args()
    count = options.count // (VISITS + 1)
    with tempfile.TemporaryDirectory(prefix="bench-phone-", dir="/tmp") as name:
        site = Site(Path(name) / "site")
        site.folder.mkdir(exist_ok=True)
        site.run("db", "upgrade")
        email = _lay(site, count)
        with site, sync_playwright() as driver:
            phone = Phone(driver, Path(name) / "phone", site.url)
            found = measured(phone, email, count, options.times)
    return report(f"Hari ini, {count} enterprises, {SLOWER} times slower", found)


def measured(phone: Phone, email: str, count: int, times: int) -> list[Line]:
    """After the PIN on a cold start, and on the way back from another screen; by the clock."""
    with phone:
        phone.begin(email)
    first, whole, back = [], [], []
    for _ in range(times):
        with phone:
            phone.context.add_init_script(_WATCH.replace("EXPECTED", str(count)))
            # As without signal: what is measured is the phone.
            phone.context.set_offline(True)
            session = phone.context.new_cdp_session(phone.page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            phone.page.goto("/lapangan")
            phone.page.get_by_label("PIN, 6 angka").fill(PIN)
            _until(phone, "window.__marks.whole > 0")
            marks = phone.page.evaluate("window.__marks")
            first.append(marks["drawn"] - marks["ready"])
            whole.append(marks["whole"] - marks["ready"])
            back.append(_back(phone))
    return [
        _line("after the PIN, the first lines", first),
        _line("after the PIN, all lines", whole),
        _line("back from another screen", back),
    ]


def _line(name: str, found: list[float]) -> Line:
    """The median; the others are told, because a busy machine spreads them."""
    print(f"{name}: {' '.join(f'{one:.0f}' for one in found)} ms")
    return Line(name=name, ours=statistics.median(found), floor=GOAL_MS, goal=1.0)


def _until(phone: Phone, expression: str) -> None:
    """Wait without `wait_for_function`, which the page's policy forbids."""
    for _ in range(1200):
        if phone.page.evaluate(expression):
            return
        time.sleep(0.1)
    raise RuntimeError(expression)


def _back(phone: Phone) -> float:
    """Milliseconds from the tap until the list stands there again."""
    page = phone.page
    page.evaluate("location.hash = '#/kiriman'")
    _until(phone, "!document.querySelector('[data-groups]')")
    taken: Any = page.evaluate(
        """() => new Promise((done) => {
          const begun = performance.now();
          new MutationObserver((_, watching) => {
            if (!document.querySelector("[data-groups] .lap-card")) return;
            watching.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - begun)));
          }).observe(document, { childList: true, subtree: true });
          location.hash = "#/hari-ini";
        })"""
    )
    return float(taken)


def _lay(site: Site, count: int) -> str:
    """A mentor for whom every enterprise has something to be done today; the name to log in."""
    chance, today = random.Random(1), local_today()
    site.bind()
    with site.app.app_context():
        by = mentor(capacity=200).account_id
        keys = []
        for n in range(count):
            row = enterprise(
                name=f"{chance.choice(PRODUCTS)} Bu {n}",
                hamlet=chance.choice(_HAMLETS),
                owner=owner(name=f"Sri Wahyuni {n}"),
            )
            keys.append(row.id)
        rows = [db.session.get_one(Enterprise, key) for key in keys]
        assigned(by, *rows, from_on=today - timedelta(days=200))
        for key in keys:
            _past(key, by, chance)
        email = db.session.get_one(Account, by).email or ""
        db.session.remove()
        db.engine.dispose()
    return email


def _past(key: Any, by: Any, chance: random.Random) -> None:
    """Three visits, a promise that is due, and an assessment."""
    today = local_today()
    for back in range(VISITS, 0, -1):
        row = db.session.get_one(Enterprise, key)
        day = today - timedelta(days=9 * back + chance.randint(0, 5))
        words = "Produksi berjalan, buku kas sudah diisi sampai pekan lalu, kemasan masih polos. "
        visit(row, by, visited_on=day, findings=words * chance.randint(1, 4))
    promise(db.session.get_one(Enterprise, key), by, due_on=today - timedelta(days=1))
    assessment(enterprise=db.session.get_one(Enterprise, key), assessed_on=today)


if __name__ == "__main__":
    sys.exit(main())
