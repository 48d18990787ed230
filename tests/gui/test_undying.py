"""What Qt's binding takes from None and True must not end the program."""

import subprocess
import sys
import textwrap

import pytest

_STORY = """
    import gui
    from PySide6.QtCore import QObject, Signal

    class Bell(QObject):
        rung = Signal()

    bell = Bell()
    bell.rung.connect(lambda: None)
    for _ in range(300_000):
        bell.rung.emit()
    print("alive")
"""


@pytest.mark.timeout(60)
def test_signals_can_be_emitted_for_as_long_as_the_window_is_open():
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_STORY)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.stdout == "alive\n", ran.stderr
    assert ran.returncode == 0
