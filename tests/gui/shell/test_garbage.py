"""The collector of cycles keeps its longest looks for when nobody is at the window."""

import gc

from PySide6.QtCore import Qt

from gui import garbage
from gui.garbage import Garbage


class Cycle:
    """Held by nothing but itself."""

    alive = 0

    def __init__(self):
        self.own = self
        Cycle.alive += 1

    def __del__(self):
        Cycle.alive -= 1


def test_old_cycles_go_once_nobody_is_at_the_window(qapp, monkeypatch):
    monkeypatch.setattr(garbage, "_LOOK_EVERY_S", 0.0)
    before = gc.get_threshold()
    kept = Garbage(qapp)
    try:
        assert gc.get_threshold() != before
        Cycle()
        kept._on_state(Qt.ApplicationState.ApplicationActive)
        assert Cycle.alive == 1
        qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationInactive)
        assert Cycle.alive == 0
    finally:
        kept.end()
        kept.deleteLater()
    assert gc.get_threshold() == before


def test_no_full_look_is_had_while_a_long_queue_is_read(qapp):
    looks = []
    kept = Garbage(qapp)
    gc.callbacks.append(lambda phase, info: looks.append(info["generation"]))
    try:
        queue = [{"name": str(number), "parts": [number]} for number in range(200_000)]
    finally:
        gc.callbacks.pop()
        kept.end()
        kept.deleteLater()
    assert len(queue) == 200_000
    assert looks
    assert 2 not in looks
