"""A photo that is dragged over the window can be seen to its slot."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from gui.drops import dropped
from gui.veil import DropVeil


def test_the_place_that_takes_photos_is_not_covered_while_photos_are_dragged(qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 500)
    inspector = QWidget(window)
    inspector.setGeometry(600, 0, 300, 500)
    veil = DropVeil(window)
    veil.keep_clear(inspector)
    window.show()
    photo, video = tmp_path / "grace.jpg", tmp_path / "a.mp4"
    for path in (photo, video):
        Path(path).touch()
    veil.offer(dropped([photo]))
    assert veil.geometry().right() < 600
    veil.offer(dropped([photo, video]))
    assert veil.geometry() == window.rect()
    veil.offer(dropped([video]))
    assert veil.geometry() == window.rect()
