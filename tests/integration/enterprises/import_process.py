"""An import in a process of its own, so that a test can kill it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.factory import create_app
from tests.conftest import settings_for

if __name__ == "__main__":
    app = create_app(settings_for(os.environ["TRIAL_DATABASE"], Path(os.environ["TRIAL_FOLDER"])))
    app.test_cli_runner().invoke(
        args=["enterprises", "import", sys.argv[1], "--as", "petugas@contoh.test", "--json"]
    )
