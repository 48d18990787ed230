"""Write down a fault of the program itself, for the one who reports it and the one who mends it."""

from __future__ import annotations

import platform
import traceback
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from orchestrator.home import Home


def write_report(home: Home, error: BaseException) -> Path:
    """Write where ``error`` came from and return the file.

    It holds the places in the code and the error's words; no settings, no environment, no
    values of variables.

    Raises:
        OSError: it could not be written.
    """
    now = datetime.now(UTC)
    path = home.crashes / f"{now:%Y%m%d-%H%M%S-%f}.txt"
    head = (
        f"Second Unit {metadata.version('secondunit')}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release()}, {now.isoformat(timespec='seconds')}\n\n"
    )
    path.write_text(head + "".join(traceback.format_exception(error)), encoding="utf-8")
    return path
