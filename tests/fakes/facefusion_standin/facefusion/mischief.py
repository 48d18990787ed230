"""Go wrong as ``STANDIN_MISCHIEF``, a file, says: how, after how many calls, how often."""

import json
import os
import threading
import time
from pathlib import Path

from facefusion import logger

_lock = threading.Lock()
_calls = {}


def maybe(where):
    path = os.environ.get("STANDIN_MISCHIEF")
    if not path:
        return
    with _lock:
        _calls[where] = _calls.get(where, 0) + 1
        try:
            plan = json.loads(Path(path).read_text())
        except FileNotFoundError:
            return
        if plan["where"] != where or not plan["times"] or _calls[where] <= plan["after"]:
            return
        Path(path).write_text(json.dumps({**plan, "times": plan["times"] - 1}))
    _go_wrong(plan["how"])


def _go_wrong(how):
    if how == "hold":
        while Path(os.environ["STANDIN_MISCHIEF"]).exists():
            time.sleep(0.01)
    if how == "die":
        os._exit(7)
    if how == "kill":
        os.kill(os.getpid(), 9)
    if how == "load":
        logger.error("loading model hyperswap_1a_256 failed")
        os._exit(1)
    if how == "hang":
        time.sleep(600)
    if how == "memory":
        raise RuntimeError("Failed to allocate memory for requested buffer of size 1073741824")
    if how == "raise":
        raise ValueError("a shape does not fit")
