"""A preview is made by the engine that renders where that is here; else it says who stands in."""

import pytest

from gui.stage.words import made_words
from orchestrator.desk.entries import Look
from orchestrator.desk.scenes import scene_of
from orchestrator.preview.frames import FrameReader, file_of_source
from orchestrator.preview.swap import Swapper
from remote_worker.engines.facefusion.installation import VARIABLE
from tests.fakes.facefusion_home import STAND_IN, hold_to_pins, install

ENHANCE = Look(engine="facefusion", settings=(("processors", "face_enhancer"),))
FRAMES_ONLY = Look(engine="facefusion", settings=(("processors", "frame_enhancer"),))


@pytest.fixture
def missing(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))


@pytest.fixture
def installed(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "facefusion"))
    install(STAND_IN, tmp_path / "facefusion")
    hold_to_pins(monkeypatch)


def a_cast(studio):
    return {"person_id": "p1", "face_id": studio.face.face_id}


@pytest.mark.usefixtures("missing")
def test_classic_stands_in_and_says_for_whom(studio, entry_of):
    scene = scene_of(
        studio.home, studio.shelf, entry_of(a_cast(studio), look=Look(engine="facefusion"))
    )
    assert scene.cast.engine.name == "classic"
    assert scene.cast.stands_in_for == "facefusion"
    assert scene.cast.tracks
    said = made_words("preview", scene.cast.engine.name, scene.cast.stands_in_for)
    assert said == "Preview by Classic: FaceFusion is not installed here"


@pytest.mark.usefixtures("missing")
def test_classic_puts_on_no_face_where_none_is_to_be_put_on(studio, entry_of):
    for look in (ENHANCE, FRAMES_ONLY):
        for casts in ((), (a_cast(studio),)):
            assert scene_of(studio.home, studio.shelf, entry_of(*casts, look=look)).cast is None


@pytest.mark.usefixtures("installed")
def test_facefusion_shows_itself_where_it_is(studio, entry_of):
    entry = entry_of(a_cast(studio), look=Look(engine="facefusion"))
    scene = scene_of(studio.home, studio.shelf, entry)
    assert (scene.cast.engine.name, scene.cast.stands_in_for) == ("facefusion", "")
    assert {track.photos for track in scene.cast.tracks} == {studio.face.photos}
    assert made_words("preview", "facefusion") == (
        "Preview by the FaceFusion engine on this computer"
    )


@pytest.mark.usefixtures("installed")
def test_work_that_needs_nobody_is_shown_on_every_frame(studio, entry_of):
    everybody = scene_of(studio.home, studio.shelf, entry_of(look=ENHANCE)).cast
    assert [(t.start_frame, t.end_frame, t.photos) for t in everybody.tracks] == [(0, 75, ())]
    assert dict(everybody.engine.settings)["face_selector_mode"] == "many"
    assert everybody.changes(74)
    frames = scene_of(studio.home, studio.shelf, entry_of(look=FRAMES_ONLY)).cast
    assert frames.tracks == ()
    assert frames.changes(0)


@pytest.mark.usefixtures("installed")
def test_a_frame_is_made_by_its_process(studio, entry_of, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_FACEFUSION_PROVIDERS", "cpu")
    scene = scene_of(studio.home, studio.shelf, entry_of(look=FRAMES_ONLY))
    swapper, reader = Swapper(), FrameReader(file_of_source(scene.source))
    try:
        swapper.use(scene.cast, reader, len(scene.source.index.pts))
        made = swapper.made(3, lambda: None)
        assert made.rendered.pixels.shape == made.decoded.pixels.shape
    finally:
        swapper.close()
        reader.close()
