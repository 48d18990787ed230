"""The library as the window knows it: read once, changed elsewhere, told on the Qt thread."""

from dataclasses import replace

import pytest
from casting_samples import CONSENT, PreparingByColour, photo, two_videos, video
from fake_bridge import FakeBridge

from gui.bridge import Bridge
from gui.faces.library import FaceLibrary
from orchestrator import prepare
from orchestrator.desk.changes import cast
from orchestrator.desk.entries import EntryCast
from orchestrator.home import Home
from remote_worker.stores import blob_key
from remote_worker.stores.folder import FolderStore


@pytest.fixture(autouse=True)
def no_models(monkeypatch):
    monkeypatch.setattr(prepare, "prepare_photo", PreparingByColour())


@pytest.fixture
def bridge(tmp_path, qapp):
    return FakeBridge(Home(tmp_path))


@pytest.fixture
def library(bridge):
    made = FaceLibrary(bridge)
    made.load()
    return made


def test_a_face_that_is_added_is_there_with_its_photos_and_hints(library, tmp_path, qtbot):
    told = []
    photos = [photo(tmp_path, "one.png"), photo(tmp_path, "dark.png", "blue")]
    with qtbot.waitSignal(library.changed):
        library.add("Grace", photos, CONSENT, then=told.append)
    (view,) = library.faces()
    assert told == [view.face]
    assert [path.exists() for path in view.photo_paths] == [True, True]
    assert view.hints == ((), ("too_dark",))
    assert library.face(view.face_id) == view


def test_faces_are_read_once_and_again_after_a_change_only(library, bridge):
    before = bridge.errands
    library.load()
    assert bridge.errands == before


def test_an_error_comes_back_to_who_asked(library, tmp_path):
    told = []
    library.add("X", [photo(tmp_path, "none.png", "red")], None, otherwise=told.append)
    assert "No face" in told[0].sentence
    assert told[0].advice
    assert library.faces() == ()


def test_removing_a_face_uncasts_it_in_one_step_and_deletes_every_copy(library, bridge, tmp_path):
    library.add("Grace", [photo(tmp_path, "one.png")], CONSENT)
    (view,) = library.faces()
    bridge.show(two_videos())
    for name in ("a", "b"):
        casts = [EntryCast(person_id="p1", face_id=view.face_id)]
        bridge.desk.change("cast", lambda e, name=name, casts=casts: cast(e, name, "p1", casts))
    store = FolderStore(bridge.home.store)
    store.put_file(blob_key(view.face.photos[0]), view.photo_paths[0])
    bridge.desk.orders.clear()
    library.remove(view.face_id)
    assert library.faces() == ()
    assert [entry.casts for entry in bridge.snapshot.entries] == [(), ()]
    assert bridge.desk.orders == [("change", "cast")]
    assert not store.has(blob_key(view.face.photos[0]))
    assert not view.photo_paths[0].exists()


def test_a_face_nobody_has_leaves_the_queue_alone(library, bridge, tmp_path):
    library.add("Grace", [photo(tmp_path, "one.png")], CONSENT)
    bridge.show(two_videos())
    library.remove(library.faces()[0].face_id)
    assert bridge.desk.orders == []


def test_consent_name_and_photos_change(library, tmp_path):
    library.add("Grace", [photo(tmp_path, "one.png")], None)
    face_id = library.faces()[0].face_id
    assert library.faces()[0].lack == "consent"
    library.state_consent(face_id, CONSENT)
    library.rename(face_id, "Grace Hopper")
    library.add_photos(face_id, [photo(tmp_path, "dark.png", "blue")])
    (view,) = library.faces()
    assert (view.lack, view.name, len(view.photo_paths)) == ("", "Grace Hopper", 2)
    library.remove_photo(face_id, view.face.photos[0])
    assert library.faces()[0].hints == (("too_dark",),)


def test_a_face_whose_photo_was_changed_on_disk_says_so(library, tmp_path):
    library.add("Grace", [photo(tmp_path, "one.png")], CONSENT)
    library.faces()[0].photo_paths[0].write_bytes(b"x")
    library.reload()
    assert library.faces()[0].lack == "photos"


def test_uses_are_counted_from_the_queue(library, bridge):
    casts = (EntryCast(person_id="p1", face_id="f"),)
    bridge.show(two_videos())
    assert library.uses_of("f").drafts == 0
    bridge.show(replace(bridge.snapshot, entries=(video("a", "rendering", casts=casts),)))
    assert library.uses_of("f").busy == 1


def test_the_library_is_read_on_another_thread(tmp_path, qtbot, qt_thread_only):
    bridge = Bridge(Home(tmp_path))
    library = FaceLibrary(bridge)
    try:
        with qtbot.waitSignal(library.changed, timeout=20_000):
            library.load()
            assert not library.loaded
        assert library.loaded
    finally:
        bridge.close()
