"""Draw every icon, and see that it follows the palette."""

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication, QToolButton

from gui.theme import current
from gui.theme.icons import FOLDER, app_icon, icon, pixmap
from gui.theme.palette import DARK, LIGHT, Palette

NAMES = sorted(path.stem for path in FOLDER.glob("*.svg") if path.stem != "app")
PROMISED = {
    "play", "pause", "stop", "previous-frame", "next-frame", "previous", "next", "first", "last",
    "loop", "sound", "mute", "zoom-in", "zoom-out", "fit", "wipe", "side-by-side", "before",
    "after", "faces", "add", "remove", "undo", "redo", "settings", "folder", "reset", "more",
    "person", "people", "merge", "split", "search", "film", "render", "queue", "info", "warning",
    "error", "done", "retry", "duplicate", "up", "down", "top", "bottom", "drag", "photo",
    "check", "close", "eye", "cut-in", "cut-out", "help", "waiting", "rendering", "bell", "star",
    "pencil", "export", "import", "copy", "proof", "jump-next", "jump-previous", "trouble",
    "consent", "lock", "clock",
}  # fmt: skip


@pytest.fixture(autouse=True)
def in_the_dark(qapp: QApplication) -> Iterator[None]:
    before = current.palette()
    current.use(DARK)
    yield
    current.use(before)


def test_every_promised_icon_is_there() -> None:
    assert not PROMISED - set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_icon_is_drawn_on_the_grid_and_fills_it(name: str) -> None:
    root = ElementTree.fromstring((FOLDER / f"{name}.svg").read_text(encoding="utf-8"))  # noqa: S314  # our own file
    assert (root.get("viewBox"), root.get("stroke-width")) == ("0 0 24 24", "1.75")
    drawn = pixmap(name, 48, "text").toImage()
    inked = [(x, y) for x in range(48) for y in range(48) if drawn.pixelColor(x, y).alphaF() > 0.5]
    width = max(x for x, _ in inked) - min(x for x, _ in inked)
    height = max(y for _, y in inked) - min(y for _, y in inked)
    assert max(width, height) >= 20, "too small to be seen"
    edge = [at for at in inked if 0 in at or 47 in at]
    assert not edge, "cut off at the border"


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_an_icon_that_was_given_away_follows_the_palette(palette: Palette) -> None:
    kept = icon("stop")
    current.use(palette)
    assert _ink(kept) == QColor(palette.text)


def test_a_checked_icon_has_the_accent_and_a_disabled_one_is_faint() -> None:
    kept = icon("stop")
    assert _ink(kept, state=QIcon.State.On) == QColor(DARK.accent_text)
    faint = kept.pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage().pixelColor(12, 12)
    assert 0.3 < faint.alphaF() < 0.5


def test_an_icon_is_sharp_on_a_dense_screen() -> None:
    dense = icon("check").pixmap(QSize(24, 24), 2.0)
    assert dense.size() == QSize(48, 48)
    blurred = icon("check").pixmap(QSize(24, 24), 1.0).scaled(48, 48).toImage()
    assert dense.toImage() != blurred


def test_a_button_shows_an_icon_in_the_palette_in_use() -> None:
    button = QToolButton()
    button.setIcon(icon("stop"))
    button.setIconSize(QSize(24, 24))
    button.resize(40, 40)
    dark = button.grab().toImage()
    current.use(LIGHT)
    assert button.grab().toImage() != dark


def test_an_icon_for_no_room_at_all_is_empty() -> None:
    assert icon("stop").pixmap(QSize(0, 18)).isNull()
    assert icon("stop").pixmap(QSize(40, 18)).size() == QSize(40, 18)


def test_the_sign_of_the_app_is_there_in_all_sizes() -> None:
    assert {size.width() for size in app_icon().availableSizes()} >= {16, 32, 256}


def test_an_icon_that_does_not_exist_is_a_fault_of_the_program() -> None:
    with pytest.raises(FileNotFoundError):
        pixmap("no-such-icon", 24, "text")


def _ink(kept: QIcon, state: QIcon.State = QIcon.State.Off) -> QColor:
    image: QImage = kept.pixmap(QSize(24, 24), QIcon.Mode.Normal, state).toImage()
    return image.pixelColor(12, 12)
