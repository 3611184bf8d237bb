"""Run one of them by its name: `python -m tests.torture sync`; without a name, list them."""

from __future__ import annotations

import importlib
import pkgutil
import sys

from tests import torture

_NO_RUNS = {"__main__", "disk", "forgetful", "ground", "hungry", "lines"}


def main() -> int:
    """Find the run and let it have the rest of the command line."""
    names = [one.name for one in pkgutil.iter_modules(torture.__path__) if one.name not in _NO_RUNS]
    if len(sys.argv) < 2 or sys.argv[1] not in names:
        for name in names:
            module = importlib.import_module(f"tests.torture.{name}")
            print(f"{name:10} {(module.__doc__ or '').splitlines()[0]}")
        return 2
    module = importlib.import_module(f"tests.torture.{sys.argv[1]}")
    code: int = module.main(sys.argv[2:])
    return code


if __name__ == "__main__":
    sys.exit(main())
