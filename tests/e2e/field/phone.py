"""A mentor's phone: a browser with a folder of its own that can be killed and started again."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect

from tests.e2e.watch import chromium_path
from tests.factories.accounts import PASSWORD

PIN = "271845"
_IMPORT = "const { here } = await import(document.querySelector('script[type=module]').src);"


class Phone:
    """Use it as a context; what it keeps stays in its folder until the test is over."""

    def __init__(self, playwright: Playwright, folder: Path, url: str) -> None:
        self.playwright = playwright
        self.folder = folder
        self.url = url
        self.faults: list[str] = []
        self.was_killed = False
        self.context: BrowserContext
        self.page: Page

    def __enter__(self) -> Self:
        """Start the browser; nothing is open yet."""
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=chromium_path(),
            args=[*sandbox, "--disable-dev-shm-usage", "--disable-gpu"],
            base_url=self.url,
            viewport={"width": 360, "height": 740},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            geolocation={"latitude": -7.4213, "longitude": 109.2345},
            permissions=["geolocation"],
        )
        self.context.set_default_timeout(20_000)
        self.page = self._watched(self.context.pages[0])
        return self

    def __exit__(self, *_: object) -> None:
        """Close the browser in order, unless it was killed."""
        # Playwright may not have heard of it yet.
        with suppress(*([Error] if self.was_killed else [])):
            self.context.close()

    def _watched(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        return page

    def tab(self) -> Page:
        """Another tab on the app."""
        page = self._watched(self.context.new_page())
        page.goto("/lapangan")
        return page

    def kill(self) -> None:
        """End all of the browser at once, as a phone without memory does."""
        self.was_killed = True
        for pid in self._processes():
            os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + 10
        while self._processes() and time.monotonic() < until:
            time.sleep(0.05)
        (self.folder / "SingletonLock").unlink(missing_ok=True)

    def _processes(self) -> list[int]:
        """The processes of this browser, told by its folder."""
        found = []
        for line in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = line.read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={self.folder}".encode() in words:
                found.append(int(line.parent.name))
        return found

    def sign_in(self, name: str) -> None:
        """Log in on the page that stands open, and come back to the app."""
        self.page.locator("input[name=name]").fill(name)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.page.get_by_role("button", name="Masuk", exact=True).click()
        self.page.wait_for_url("**/lapangan*")

    def begin(self, name: str) -> None:
        """First time on this phone: log in, choose a PIN, fetch."""
        self.page.goto("/lapangan")
        self.page.get_by_role("link", name="Masuk", exact=True).click()
        self.sign_in(name)
        self.choose_pin()
        self.prepare()

    def choose_pin(self) -> None:
        """Type the new PIN twice."""
        self.page.get_by_label("PIN baru").fill(PIN)
        self.page.get_by_label("Ulangi PIN").fill(PIN)
        self.page.get_by_role("button", name="Simpan PIN").click()
        expect(self.page.get_by_role("navigation")).to_be_visible()

    def prepare(self) -> None:
        """Fetch the day's data."""
        self.page.goto("/lapangan#/siapkan")
        self.page.get_by_role("button", name="Siapkan").click()
        expect(self.page.get_by_text("siap pukul")).to_be_visible()

    def unlock(self, pin: str = PIN) -> None:
        """Open the app with the PIN."""
        self.page.goto("/lapangan")
        self.page.get_by_label("PIN, 6 angka").fill(pin)
        expect(self.page.get_by_role("navigation")).to_be_visible()

    def do(self, code: str, value: Any = None) -> Any:
        """Run a few lines in the app's own module, where `here` is what it has open."""
        return self.page.evaluate(f"async (value) => {{ {_IMPORT} {code} }}", value)

    def write_visit(self, enterprise_id: Any, *, photos: int = 0, findings: str = "") -> Any:
        """Put a visit into the outbox, with photos drawn on the spot; its operation."""
        return self.do(_VISIT, [str(enterprise_id), photos, findings])

    def state(self) -> Any:
        """What is where."""
        return self.do("return here.store.state();")

    def settle(self, *, waiting: int = 0, seconds: int = 30) -> None:
        """Wait until no more than this is unsent."""
        until = time.monotonic() + seconds
        while True:
            state = self.state()
            if state["waiting"] + state["photos_waiting"] <= waiting:
                return
            assert time.monotonic() < until, state
            self.do("here.app.sync.tries = 0; await here.app.sync.now();")


_VISIT = """
const [enterprise_id, count, findings] = value;
const photos = [];
for (let at = 0; at < count; at += 1) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: 600, height: 450 });
  const pen = canvas.getContext("2d");
  // Noise, so that it is as heavy as a photo.
  const noise = pen.createImageData(600, 450);
  for (let dot = 0; dot < noise.data.length; dot += 1) noise.data[dot] = Math.random() * 256;
  pen.putImageData(noise, 0, 0);
  const drawn = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  photos.push(drawn);
}
const today = new Date().toLocaleDateString("sv-SE");
const data = {
  outcome: "bertemu", visited_on: today, started_at: null, duration_minutes: 30,
  place_kind: "tempat_usaha", lat: -7.4213, lng: 109.2345,
  met_with: "Pemilik", findings: findings || "Adonan rapi", reason: null,
  next_visit_on: null, owner_confirmation: null, settled: {}, promises: [], practices: {},
};
const told = { type: "visit.create", enterprise_id, record_id: crypto.randomUUID(), data };
return here.store.queue(told, photos);
"""
