"""When the program is built: read the files of the knowledge once, so that nobody waits for YAML at every start."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Prepare(BuildHookInterface[Any]):
    """Writes `src/pushpull/prepared`; what it holds, and when it is used, stands in `load/prepared.py`."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  the interface has them
        """Read the files before anything is packed."""
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from pushpull.load.prepared import FOLDER, prepare  # noqa: PLC0415  it stands in the project that is built

        prepare(root / "data", FOLDER)
