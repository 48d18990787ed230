"""Say what goes wrong on standard error."""

import sys


def init(level):
    del level


def error(message):
    print(f"[FACEFUSION.CORE] {message}", file=sys.stderr)  # noqa: T201  it is how FaceFusion speaks
