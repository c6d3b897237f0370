"""Import a package into a new collection of the real Anki, and export it again in every format.

    python real_anki_back.py FOLDER PACKAGE

Writes `legacy.apkg`, `new.apkg`, `legacy.colpkg` and `new.colpkg`. Needs `anki`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from real_anki_studied import export


def main() -> None:
    folder = Path(sys.argv[1])
    anki: Any = Collection(str(folder / "collection.anki2"))
    anki.set_config("fsrs", True)
    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=True, with_deck_configs=True)
    anki.import_anki_package(ImportAnkiPackageRequest(package_path=sys.argv[2], options=options))
    export(anki, folder)


if __name__ == "__main__":
    main()
