"""Begin the FaceFusion process: run by FaceFusion's own interpreter, with its packages only.

The interpreter knows nothing of ours.  Our packages are made known here as bare folders, at
no place of the search path, so that no library of ours can stand in for one of FaceFusion's.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
_PACKAGES = ("remote_worker", "remote_worker.engines", "remote_worker.engines.facefusion")


def _make_known() -> None:
    for name in _PACKAGES:
        package = ModuleType(name)
        package.__path__ = [str(_ROOT.joinpath(*name.split(".")))]
        sys.modules[name] = package


def main() -> int:
    """Serve the worker that started this process, until it hangs up; return an exit code."""
    sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != _HERE]
    _make_known()
    from remote_worker.engines.facefusion.host import serve

    return serve()


if __name__ == "__main__":
    sys.exit(main())
