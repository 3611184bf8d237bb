"""Measuring, and one way to print what was measured."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from app.db import db

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a program took: processor seconds, wall seconds, memory at its peak in bytes."""

    cpu: float
    wall: float
    peak: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One result: ours against the floor, in the same unit, and the ratio that is allowed.

    Without a goal the line only informs.
    """

    name: str
    ours: float
    floor: float
    goal: float | None = None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """How many times the floor we take."""
        return self.ours / self.floor if self.floor else float("inf")

    @property
    def is_kept(self) -> bool:
        """Whether the goal is reached."""
        return self.goal is None or self.ratio <= self.goal


def milliseconds(work: Callable[[], object], *, times: int = 20) -> float:
    """Processor time of a piece of work, ours and the database server's, after a warm-up.

    Wall time would measure who else uses the machine.
    """
    work()
    server = _server_pid()
    begun = time.process_time() + _used_by(server)
    for _ in range(times):
        work()
    return (time.process_time() + _used_by(server) - begun) / times * 1000


def _server_pid() -> int | None:
    """The process that serves our connection; SQLite works inside ours."""
    if db.engine.dialect.name != "postgresql":
        return None
    return db.session.scalar(text("SELECT pg_backend_pid()"))


def _used_by(pid: int | None) -> float:
    """Processor seconds of a process of the database's server, and of those that helped it: one
    that works for a single statement ends with it, and its parent has its time."""
    if pid is None:
        return 0.0
    # Helpers that ended a moment ago are counted as soon as their parent has looked.
    time.sleep(0.1)
    own, parent = _stat(pid), _stat(int(_stat(pid)[1]))
    ticks = int(own[11]) + int(own[12]) + int(parent[13]) + int(parent[14])
    return ticks / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """What the kernel tells of a process, from its state on."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def program(*arguments: str, env: dict[str, str] | None = None, stdin: str = "") -> Spent:
    """Run Python with these arguments in a process of its own, and see what it takes.

    Raises:
        RuntimeError: it failed.
    """
    # A process between, because the peak is that of the largest child ever.
    code = (
        "import resource, subprocess, sys, time; begun = time.perf_counter(); "
        "done = subprocess.run([sys.executable, *sys.argv[1:]], stdout=subprocess.DEVNULL); "
        "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
        "print(done.returncode, used.ru_utime + used.ru_stime, time.perf_counter() - begun, "
        "used.ru_maxrss)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=env,
        input=stdin,
    )
    if answer.returncode or not answer.stdout.startswith("0 "):
        raise RuntimeError(f"{arguments}: {answer.stdout}{answer.stderr[-2000:]}")
    _, cpu, wall, peak = answer.stdout.split()
    return Spent(cpu=float(cpu), wall=float(wall), peak=int(peak) * 1024)


def peak_of_this_process() -> int:
    """The memory that this process had at most, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def memory_added(work: Callable[[], object]) -> int:
    """How many bytes Python takes at most for a piece of work; not what the database's own code
    takes, nor its server."""
    work()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def report(title: str, lines: Sequence[Line]) -> int:
    """Print a table; give the exit status, 1 when a goal is missed."""
    print(f"\n{title}")
    print(f"{'':34}{'ours':>11}{'floor':>11}{'ratio':>8}{'goal':>7}")
    for line in lines:
        goal = "" if line.goal is None else f"{line.goal:g}"
        mark = "" if line.is_kept else "  missed"
        print(
            f"{line.name:34}{line.ours:>8.1f} {line.unit:2}{line.floor:>8.1f} {line.unit:2}"
            f"{line.ratio:>8.1f}{goal:>7}{mark}"
        )
    return 0 if all(line.is_kept for line in lines) else 1
