"""Numbers that a phone gave and never sent: what it wrote there may be lost."""

from __future__ import annotations

from collections.abc import Collection

# More at once is a counter that began somewhere else, not a loss.
_LARGEST_JUMP = 10_000
MOST_NAMED = 200


def gaps_after(
    *, highest: int, missing: Collection[int], seen: Collection[int], announced: int
) -> tuple[int, list[int]]:
    """The highest number known now, and those below it that never came.

    `highest` and `missing` are of before, `seen` came now, `announced` is the highest number that
    the phone says to have given.

    >>> gaps_after(highest=3, missing=[2], seen=[2, 6], announced=7)
    (7, [4, 5, 7])
    """
    top = max(highest, announced, *seen) if seen else max(highest, announced)
    begun = highest + 1 if top - highest <= _LARGEST_JUMP else top
    still = (set(missing) | set(range(begun, top + 1))) - set(seen)
    return top, sorted(still)[-_LARGEST_JUMP:]
