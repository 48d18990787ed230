"""A scene shows what a render of the entry would give, and what of it is stored by now."""

from dataclasses import replace
from fractions import Fraction

import pytest
from preview_watching import Watcher, pixels_of

from orchestrator.desk import scenes
from orchestrator.desk.entries import Look, Result
from orchestrator.desk.scenes import scene_of, stored_parts
from orchestrator.desk.shelf import Shelf
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.jobs import read_record
from orchestrator.prepare import Wish, WishedCast, faces_of, prepare
from orchestrator.preview.scene import StoredPart
from orchestrator.runner import drive
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import JobId, SegmentRecord
from remote_worker.stores import blob_key, segment_key
from remote_worker.stores.folder import FolderStore
from tests.clips import make_clip, read_barcode


def test_an_entry_in_which_nobody_is_cast_shows_its_source(studio, entry_of):
    scene = scene_of(studio.home, studio.shelf, entry_of())
    assert scene.source.digest == studio.seen.report.digest
    assert scene.source.has_sound
    assert scene.cast is None
    assert scene.stored == ()


def test_the_tracks_are_those_that_a_job_is_planned_with(studio, entry_of, tmp_path):
    wish = Wish(
        source=studio.clip,
        output=tmp_path / "out.mp4",
        casts=(
            WishedCast(person_id="p1", face="Grace", start=Fraction(1, 3), end=Fraction(3, 2)),
            WishedCast(person_id="p2", face="Grace", start=Fraction(1)),
        ),
        settings=(("blend", "0.5"),),
    )
    work = read_record(studio.home, prepare(studio.home, wish)).plan.work
    face = studio.face.face_id
    scene = scene_of(
        studio.home,
        studio.shelf,
        entry_of(
            {
                "person_id": "p1",
                "face_id": face,
                "start": Fraction(1, 3),
                "end": Fraction(3, 2),
            },
            {"person_id": "p2", "face_id": face, "start": Fraction(1)},
            look=Look(settings=(("blend", "0.5"),)),
        ),
    )
    assert scene.cast.tracks == work.tracks
    assert scene.cast.engine == work.engine
    assert set(scene.cast.photos) == set(studio.face.photos)
    assert scene.source.picture == work.picture
    assert set(scene.cast.models) == {model.name for model in work.engine.models}


def test_a_face_without_consent_is_not_shown_on_anybody(studio, entry_of):
    draft = faces_of(studio.home).add("Draft", [studio.photo], None)
    alone = {"person_id": "p1", "face_id": draft.face_id}
    assert scene_of(studio.home, studio.shelf, entry_of(alone)).cast is None
    both = (alone, {"person_id": "p2", "face_id": studio.face.face_id})
    scene = scene_of(studio.home, studio.shelf, entry_of(*both))
    assert {track.photos for track in scene.cast.tracks} == {studio.face.photos}


def test_casts_of_nobody_and_of_faces_that_are_gone_are_left_out(studio, entry_of):
    casts = (
        {"person_id": "p9", "face_id": studio.face.face_id},
        {"person_id": "p1", "face_id": "0" * 32},
    )
    assert scene_of(studio.home, studio.shelf, entry_of(*casts)).cast is None


def test_a_look_that_no_engine_has_is_refused_in_words(studio, entry_of):
    cast = {"person_id": "p1", "face_id": studio.face.face_id}
    for look in (Look(engine="nobody"), Look(settings=(("blend", "9"),))):
        with pytest.raises(RequestRefused) as refused:
            scene_of(studio.home, studio.shelf, entry_of(cast, look=look))
        assert refused.value.sentence.endswith(".")


@pytest.fixture(scope="module")
def job(studio, tmp_path_factory):
    out = tmp_path_factory.mktemp("out") / "out.mp4"
    wish = Wish(source=studio.clip, output=out, engine="identity", workers=1, segment_frames=20)
    job_id = prepare(studio.home, wish)
    drive(studio.home, job_id)
    return job_id


def test_the_finished_segments_of_a_job_are_found_in_order(studio, entry_of, job):
    parts = scene_of(studio.home, studio.shelf, entry_of(job_id=job)).stored
    assert [(p.start_frame, p.end_frame) for p in parts] == [(0, 20), (20, 40), (40, 60), (60, 75)]


def test_segments_that_are_not_there_yet_are_left_out(studio, job):
    store = FolderStore(studio.home.store)
    second = read_record(studio.home, job).plan.chunks[0].segments[1]
    key = segment_key(second.segment_id)
    kept = store.get(key)
    store.delete(key)
    try:
        before = stored_parts(studio.home, job)
        assert (20, 40) not in {(p.start_frame, p.end_frame) for p in before}
    finally:
        store.put(key, kept)
    assert len(stored_parts(studio.home, job, before)) == len(before) + 1


def test_segments_that_are_known_are_not_asked_for_again(studio, job, monkeypatch):
    known = stored_parts(studio.home, job)
    asked = []
    monkeypatch.setattr(scenes, "stored_record", lambda store, ref: asked.append(ref))
    assert stored_parts(studio.home, job, known) == known
    assert asked == []
    assert len(stored_parts(studio.home, job, known[:2])) == 2
    assert [ref.start_frame for ref in asked] == [40, 60]


def test_what_a_worker_missed_is_told_with_the_part(studio, job):
    store = FolderStore(studio.home.store)
    first = read_record(studio.home, job).plan.chunks[0].segments[0]
    key = segment_key(first.segment_id)
    kept = store.get(key)
    record = from_text(SegmentRecord, kept)
    missed = kept.decode().replace('"missed_frames":[]', '"missed_frames":[3,4]')
    store.delete(key)
    store.put(key, missed.encode())
    try:
        part = stored_parts(studio.home, job)[0]
    finally:
        store.delete(key)
        store.put(key, kept)
    assert part.missed_frames == (3, 4)
    assert part.path == str(store.path_of(blob_key(record.blob)))


@pytest.mark.parametrize("ending", ["mp4", "mkv"])
def test_a_finished_video_is_shown_when_its_segments_were_cleared(
    studio, entry_of, tmp_path, ending
):
    clip = make_clip(tmp_path / "c.mp4", frames=90, width=320, height=240, audio_tracks=1)
    home, out = Home(tmp_path / "home"), tmp_path / f"out.{ending}"
    wish = Wish(source=clip, output=out, engine="identity", trim_in=Fraction(1), workers=1)
    outcome = drive(home, prepare(home, wish))
    done = replace(
        entry_of(),
        source=str(clip),
        trim_in=Fraction(1),
        state="done",
        result=Result(
            output_path=str(out),
            digest=outcome.finished.video.digest,
            frame_count=outcome.finished.video.frame_count,
            missed_frames=0,
            seconds=1.0,
            finished_at="2026-01-01T00:00:00+00:00",
        ),
    )
    scene = scene_of(home, Shelf(home), done)
    assert scene.stored == (StoredPart(str(out), 30, 90, is_video=True),)
    with Watcher() as watcher:
        watcher.show(scene)
        for frame in (89, 30, 61, 60):
            shown = watcher.get(frame, "after")
            assert (read_barcode(pixels_of(shown)), shown.made) == (frame, "rendered")
        assert watcher.get(29, "after").made == "source"
    make_clip(out, frames=12)  # another file in its place
    with Watcher() as watcher:
        watcher.show(scene)
        assert watcher.get(61, "after").made == "source"
    out.unlink()
    assert scene_of(home, Shelf(home), done).stored == ()


def test_a_job_that_is_gone_and_none_at_all_have_no_parts(studio):
    assert stored_parts(studio.home, None) == ()
    assert stored_parts(studio.home, JobId("20260101-000000-abcd")) == ()
