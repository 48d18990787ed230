"""The engine's page says what is missing and under which licence, before anything is fetched."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from gui.bridge import Bridge
from gui.dialogs.question import Question
from gui.settings.engine_page import EnginePage
from gui.settings.engine_words import PURPOSES, offered
from orchestrator.home import Home
from orchestrator.settings_file import load
from remote_worker.engines.facefusion import manifest
from remote_worker.engines.facefusion.installation import VARIABLE, Installation
from tests.fakes import engine_mirror as small
from tests.fakes.engine_mirror import PINNED, UNPINNED, Mirror

WAIT_MS = 30_000


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mirror]:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "engine"))
    with small.engine_mirror() as held:
        small.apply(small.pins(held.url, tmp_path / "pinned"), monkeypatch.setattr)
        small.apply_on_desktop(held, monkeypatch.setattr)
        yield held


@pytest.fixture
def page(qtbot: Any, mirror: Mirror, tmp_path: Path) -> Iterator[EnginePage]:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    bridge = Bridge(home)
    made = EnginePage(bridge)
    qtbot.addWidget(made)
    made.resize(700, 900)
    made.show()
    made.shown()
    qtbot.waitUntil(lambda: made._standing is not None, timeout=WAIT_MS)
    yield made
    bridge.close()


def texts(page: EnginePage) -> list[str]:
    """Return what the table of parts says; fresh labels are shown a turn of the loop later."""
    return [label.text() for label in page._cells if isinstance(label, QLabel)]


def rest(qtbot: Any, page: EnginePage) -> None:
    qtbot.waitUntil(lambda: not page._doing, timeout=WAIT_MS)


def test_before_anything_is_fetched_one_sees_each_licence_and_agrees(
    page: EnginePage, mirror: Mirror
) -> None:
    said = texts(page)
    assert "Not installed. About" in page.standing.text()
    assert {"MIT", "Not for commercial use", "OpenRAIL-AS"} <= set(said)
    assert PINNED in page.restricted.text()
    assert UNPINNED not in page.restricted.text()
    assert not page.install.isEnabled()
    assert not page.check.isEnabled()
    page.agree.setChecked(True)
    assert page.install.isEnabled()
    assert mirror.asked == []


def test_it_is_installed_checked_and_removed(
    qtbot: Any, page: EnginePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.agree.setChecked(True)
    qtbot.mouseClick(page.install, Qt.MouseButton.LeftButton)
    assert page.bar.isVisible()
    assert not page.install.isEnabled()
    rest(qtbot, page)
    assert page.note.text() == "FaceFusion is installed."
    assert load(page.bridge.home).accepted_licences == ("Non-Commercial (us)",)
    assert page.bridge.settings.accepted_licences == ("Non-Commercial (us)",)
    assert page.install.isHidden()
    assert page.agree.isHidden()
    assert "missing" not in texts(page)
    qtbot.mouseClick(page.check, Qt.MouseButton.LeftButton)
    rest(qtbot, page)
    assert page.note.text() == "Every file is what it should be. It can run on: CPU."
    page.remove.click()
    question = page.findChild(Question)
    assert question is not None
    question.choose(0)
    rest(qtbot, page)
    assert "were freed" in page.note.text()
    assert "Not installed" in page.standing.text()


def test_a_damaged_file_is_named_by_the_check_and_mended(qtbot: Any, page: EnginePage) -> None:
    page.agree.setChecked(True)
    page.start_install()
    rest(qtbot, page)
    assert page._standing is not None
    models = Installation(page._standing.folder).models
    (models / f"{PINNED}.onnx").write_bytes(b"rotten")
    page.start_check()
    rest(qtbot, page)
    assert PINNED in page.note.text()
    assert "damaged" in texts(page)
    page.start_install()
    rest(qtbot, page)
    page.start_check()
    rest(qtbot, page)
    assert page.note.text().startswith("Every file")


def test_stopped_it_says_so_and_goes_on_from_there(
    qtbot: Any, page: EnginePage, mirror: Mirror
) -> None:
    path, go_on = f"/models/{PINNED}.onnx", threading.Event()
    mirror.moods[path] = [go_on]
    page.agree.setChecked(True)
    page.start_install()
    qtbot.waitUntil(lambda: "Fetching models" in page.step.text(), timeout=WAIT_MS)
    assert page._standing is not None
    parts = page._standing.folder / "parts"
    qtbot.waitUntil(
        lambda: any(part.stat().st_size for part in parts.glob(f"*{PINNED}*.part")), timeout=WAIT_MS
    )
    qtbot.mouseClick(page.stop, Qt.MouseButton.LeftButton)
    assert not page.stop.isEnabled()
    go_on.set()
    rest(qtbot, page)
    assert page.note.text() == "It was stopped. What has arrived is kept; go on any time."
    page.start_install()
    rest(qtbot, page)
    assert page.note.text() == "FaceFusion is installed."
    assert [span[:6] for asked, span in mirror.asked if asked == path] == ["", "bytes="]


def test_what_cannot_be_had_is_said_with_what_to_do(
    qtbot: Any, page: EnginePage, mirror: Mirror
) -> None:
    del mirror.lies[f"/models/{PINNED}.onnx"]
    page.agree.setChecked(True)
    page.start_install()
    rest(qtbot, page)
    assert "404" in page.note.text()
    assert "Choose another mirror" in page.note.text()
    assert page.install.isEnabled()


def test_a_folder_and_a_mirror_are_asked_for_where_they_are_chosen(
    qtbot: Any, page: EnginePage, mirror: Mirror, tmp_path: Path
) -> None:
    page.agree.setChecked(True)
    assert page.given.isHidden()
    page.place.setCurrentIndex(page.place.findData("mirror"))
    assert not page.given.isHidden()
    assert not page.install.isEnabled()
    page.given.setText("ftp://somewhere")
    assert not page.install.isEnabled()
    page.given.setText("https://somewhere")
    assert page.install.isEnabled()
    page.place.setCurrentIndex(page.place.findData("folder"))
    assert not page.browse.isHidden()
    given = small.lay_out(tmp_path / "given", {"facefusion.py": b"another version"})
    page.given.setText(str(given))
    page.start_install()
    rest(qtbot, page)
    assert "is not its pinned state" in page.note.text()
    assert mirror.asked == []


def test_every_purpose_of_the_manifest_has_words() -> None:
    assert {model.purpose for model in manifest.manifest().values()} <= set(PURPOSES)


def test_models_for_other_settings_are_offered_with_their_licence() -> None:
    told = dict(offered(["yoloface_8n"]))
    assert "yoloface_8n" not in told
    assert told["codeformer"] == "Restores a face: codeformer (S-Lab-1.0, not for commercial use)"
    assert told["inswapper_128"] == "Swaps faces: inswapper_128 (Not for commercial use)"
