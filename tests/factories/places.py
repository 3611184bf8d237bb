"""Areas for tests, made by the loader itself from a small bundle."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from app.db.transaction import transaction
from app.places.services import load_bundled

_ABOUT = {"source": "wilayah uji", "decree": "tanpa keputusan"}
SMALL_COUNTRY = """
33\tJawa Tengah
\t02\tKabupaten Banyumas
\t\t04\tRawalo
\t\t\t2001\tLosari
\t\t\t2002\tMenganti
\t\t\t2006\tRawalo
\t\t15\tGumelar
\t\t\t2003\tCihonje
\t\t20\tSokaraja
\t\t\t2001\tSokaraja Kidul
\t\t\t2002\tBanjarsari Kidul
\t03\tKabupaten Purbalingga
\t\t10\tRembang
\t\t\t2002\tLosari
\t\t\t2003\tLosari Lor
53\tNusa Tenggara Timur
\t71\tKota Kupang
\t\t01\tAlak
\t\t\t1001\tNamosain
"""
NO_PROGRAMS = "program: DESMIGRATIF\nvillages: []\n"
ONE_PROGRAM = """program: DESMIGRATIF
villages:
  - {code: "33.02.04.2001", year: 2017, lat: -7.56627, lng: 109.15389, source: "Society 9(1)"}
"""


def country(areas: str = SMALL_COUNTRY, programs: str = NO_PROGRAMS) -> None:
    """Load areas and village programmes (formats: scripts/bundle_places, desmigratif.yaml)."""
    with TemporaryDirectory() as folder:
        areas_file, programs_file = Path(folder) / "areas.tsv.gz", Path(folder) / "programs.yaml"
        content = f"# {json.dumps(_ABOUT)}\n{areas.strip(chr(10))}\n"
        areas_file.write_bytes(gzip.compress(content.encode()))
        programs_file.write_text(programs)
        with transaction():
            load_bundled(areas_file, programs_file)
