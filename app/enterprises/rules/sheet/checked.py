"""One row of a sheet after its cells were read, with what is said about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from app.enterprises.rules.sheet.headers import Column
from app.enterprises.rules.sheet.problems import ERROR, NOTE, SKIP, Problem, shown_value


@dataclass(slots=True, kw_only=True)
class CheckedRow:
    """One row of a sheet after its cells were read.

    `values` holds only what the file says, under the register's names, besides `village`,
    `district`, `regency` and `province`, which still have to be looked up.
    """

    sheet: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_skipped(self) -> bool:
        """Whether the row is no enterprise."""
        return any(problem.level == SKIP for problem in self.problems)

    @property
    def is_faulty(self) -> bool:
        """Whether something in it must be mended before it can be taken in."""
        return bool(self.problems) and any(problem.level == ERROR for problem in self.problems)

    @property
    def faults(self) -> list[Problem]:
        """What must be mended in it."""
        return [problem for problem in self.problems if problem.level == ERROR]

    def add(self, column: Column | None, code: str, value: object, message: str) -> None:
        """Say what is wrong with a cell, or with the whole row."""
        self._add(column, code, value, message, ERROR)

    def note(self, column: Column | None, code: str, value: object, message: str) -> None:
        """Say how a cell was taken."""
        self._add(column, code, value, message, NOTE)

    def _add(
        self, column: Column | None, code: str, value: object, message: str, level: str
    ) -> None:
        self.problems.append(
            Problem(
                sheet=self.sheet,
                row=self.row,
                column=column.letters if column else "",
                code=code,
                value=shown_value(value),
                message=message,
                level=level,
            )
        )
