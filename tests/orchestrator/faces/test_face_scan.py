"""Who is found in clips whose people and places are known."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from orchestrator.faces.people import Scan
from orchestrator.faces.pick import box_at, faces_at
from orchestrator.faces.request import ScanRequest
from orchestrator.faces.scan import scan
from remote_worker.contract.coding import canonical, from_text
from remote_worker.errors import EngineFailed, SourceUnreadable


def ranges(person):
    return [(a.start_frame, a.end_frame) for a in person.appearances]


def test_two_people_in_one_frame_are_two_people_with_exact_ranges(stage, scan_clips, write_clip):
    frames = [
        stage.frame(0, (stage.anna, 40, 60, 200), (stage.carl[n], 330, 100, 220)) for n in range(45)
    ]
    found = scan_clips(write_clip("two.mp4", frames))
    assert [person.person_id for person in found.people] == ["p1", "p2"]
    assert not any(person.unsure for person in found.people)
    assert all(ranges(person) == [(0, 45)] for person in found.people)
    assert all(len(person.embedding) == 128 for person in found.people)
    left, right = faces_at(found, "two.mp4", 20)
    assert left.person_id != right.person_id
    assert left.box.right < 0.5 < right.box.left


def test_a_person_is_the_same_across_cuts_and_clips(stage, scan_clips, write_clip):
    one = [stage.frame(0, (stage.anna, 40, 60, 200)) for _ in range(20)]
    one += [stage.frame(1, (stage.carl[n], 200, 80, 240)) for n in range(23)]
    one += [stage.frame(0, (stage.anna, 300, 90, 150)) for _ in range(20)]
    two = [stage.frame(1, (stage.carl[n + 60], 60, 60, 260)) for n in range(30)]
    found = scan_clips(write_clip("a.mp4", one), write_clip("b.mp4", two))
    carl, anna = found.people
    assert ranges(carl) == [(20, 43), (0, 30)]
    assert ranges(anna) == [(0, 20), (43, 63)]
    assert [a.source_digest for a in carl.appearances] == ["a.mp4", "b.mp4"]


def test_half_a_second_on_screen_is_enough_and_its_ends_are_exact(stage, scan_clips, write_clip):
    for start in (15, 20):
        shown = range(start, start + 15)
        frames = [
            stage.frame(0, (stage.anna, 200, 80, 76)) if n in shown else stage.frame(0)
            for n in range(50)
        ]
        found = scan_clips(write_clip(f"half-{start}.mp4", frames))
        (person,) = found.people
        ((first, end),) = ranges(person)
        assert abs(first - start) <= 1
        assert abs(end - start - 15) <= 1


def test_boxes_follow_a_face_whose_way_bends(stage, scan_clips, write_clip):
    lefts = [int(250 + 180 * np.sin(n / 9)) for n in range(60)]
    frames = [stage.frame(0, (stage.anna, left, 70, 220)) for left in lefts]
    (person,) = scan_clips(write_clip("bend.mp4", frames)).people
    (appearance,) = person.appearances
    assert (appearance.start_frame, appearance.end_frame) == (0, 60)
    boxes = [box_at(appearance, frame) for frame in range(60)]
    middles = np.array([(box.left + box.right) / 2 * 640 for box in boxes])
    width = np.median([(box.right - box.left) * 640 for box in boxes])
    off = middles - lefts
    assert np.abs(off - np.median(off)).max() < 0.15 * width


def test_a_track_never_goes_over_a_cut_from_one_face_to_another(stage, scan_clips, write_clip):
    frames = [stage.frame(0, (stage.anna, 200, 60, 220)) for _ in range(26)]
    frames += [stage.frame(0, (stage.carl[n], 190, 60, 220)) for n in range(26)]
    found = scan_clips(write_clip("swap.mp4", frames))
    assert [ranges(person) for person in found.people] == [[(0, 26)], [(26, 52)]]


def test_a_turned_video_gives_upright_boxes(stage, scan_clips, write_clip):
    upright = [stage.frame(0, (stage.anna, 330, 60, 200)) for _ in range(15)]
    lying = [np.ascontiguousarray(np.rot90(frame)) for frame in upright]
    plain = scan_clips(write_clip("upright.mp4", upright))
    turned = scan_clips(write_clip("turned.mp4", lying, rotation_deg=90))
    a, b = (found.people[0].appearances[0].boxes[0] for found in (plain, turned))
    assert abs(a.left - b.left) < 0.02
    assert abs(a.bottom - b.bottom) < 0.02


def test_uneven_frame_times_miss_no_one(stage, scan_clips, write_clip):
    times, now = [], 0
    for number in range(40):
        times.append(now)
        now += 400 if 10 <= number < 16 else 20
    shown = range(8, 30)
    frames = [
        stage.frame(0, (stage.anna, 200, 80, 150)) if n in shown else stage.frame(0)
        for n in range(40)
    ]
    (person,) = scan_clips(write_clip("uneven.mp4", frames, times=times)).people
    ((start, end),) = ranges(person)
    assert abs(start - 8) <= 1
    assert abs(end - 30) <= 1


def test_a_face_too_small_to_know_is_in_the_unsure_group(stage, scan_clips, write_clip):
    blurred = cv2.GaussianBlur(stage.anna, (0, 0), 6)
    frames = [stage.frame(0, (blurred, 200, 80, 56)) for _ in range(20)]
    found = scan_clips(write_clip("far.mp4", frames))
    assert all(person.unsure for person in found.people)
    assert all(person.embedding == () for person in found.people)


def test_things_and_noise_hold_no_people(stage, scan_clips, write_clip):
    random = np.random.default_rng(11)
    empty = [np.roll(stage.frame(n // 10 % 2), n * 3, axis=1) for n in range(40)]
    noise = [random.integers(0, 256, (360, 640, 3), dtype=np.uint8) for _ in range(12)]
    sources = (write_clip("empty.mp4", empty), write_clip("n.mp4", noise))
    found = scan_clips(*sources)
    assert found.people == ()
    assert list(scan_clips.folder.iterdir()) == []


def test_the_same_clip_gives_the_same_scan_and_pictures(stage, scan_clips, write_clip):
    frames = [stage.frame(0, (stage.carl[n], 150 + 2 * n, 60, 240)) for n in range(24)]
    source = write_clip("again.mp4", frames)
    first = scan_clips(source)
    crops = {path.name: path.read_bytes() for path in scan_clips.folder.iterdir()}
    assert scan_clips(source) == first
    assert {path.name: path.read_bytes() for path in scan_clips.folder.iterdir()} == crops
    assert set(crops) == {crop for person in first.people for crop in person.crops}
    picture = cv2.imdecode(np.frombuffer(crops["p1-1.png"], np.uint8), cv2.IMREAD_COLOR)
    assert min(picture.shape[:2]) > 60


def test_progress_rises_to_the_number_of_frames(stage, scan_clips, write_clip):
    scan_clips(write_clip("p.mp4", [stage.frame(1)] * 33))
    done = [progress.frames_done for progress in scan_clips.progress]
    assert done == sorted(done)
    assert done[-1] == scan_clips.progress[-1].frames_total == 33


def test_a_request_and_a_scan_survive_being_written_down(stage, scan_clips, write_clip):
    frames = [stage.frame(0, (stage.anna, 200, 80, 150))] * 8
    found = scan_clips(write_clip("w.mp4", frames))
    assert from_text(Scan, canonical(found)) == found
    request = scan_clips.request
    assert from_text(ScanRequest, canonical(request)) == request
    assert json.loads(canonical(request))["sources"][0]["digest"] == "w.mp4"


def test_a_source_that_is_gone_is_an_error_and_not_an_empty_scan(stage, scan_clips, write_clip):
    source = write_clip("gone.mp4", [stage.frame(0)] * 4)
    Path(source.path).unlink()
    with pytest.raises(SourceUnreadable, match=r"gone\.mp4"):
        scan_clips(source)


def test_a_damaged_stretch_is_passed_over_and_the_rest_is_found(stage, scan_clips, write_clip):
    frames = [stage.frame(0, (stage.anna, 200, 60, 220)) for _ in range(90)]
    source = write_clip("damaged.mp4", frames)
    whole = bytearray(Path(source.path).read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 600] = bytes(600)
    Path(source.path).write_bytes(whole)
    found = scan_clips(source)
    assert found.people[0].person_id == "p1"
    assert ranges(found.people[0])[0][0] == 0


def test_names_that_lead_elsewhere_are_not_followed(stage, scan_clips, write_clip, tmp_path):
    source = write_clip("real.mp4", [stage.frame(0)] * 4)
    lead = tmp_path / "lead.mp4"
    lead.write_text("ffconcat version 1.0\nfile real.mp4\n")
    with pytest.raises(SourceUnreadable, match=r"lead\.mp4"):
        scan_clips(replace(source, path=str(lead)))


@pytest.mark.parametrize("model", ["face-detector", "face-mesh", "face-identity"])
def test_a_model_that_does_not_load_is_an_error_by_name(
    stage, scan_clips, write_clip, tmp_path, model
):
    scan_clips(write_clip("m.mp4", [stage.frame(0, (stage.anna, 200, 80, 150))] * 8))
    broken = tmp_path / "broken.model"
    broken.write_bytes(b"not a net")
    models = {**scan_clips.request.models, model: str(broken)}
    with pytest.raises(EngineFailed, match=r"broken\.model"):
        scan(replace(scan_clips.request, models=models), lambda progress: None)


def test_who_is_told_of_progress_may_stop_the_scan(stage, scan_clips, write_clip):
    class Enough(Exception):
        pass

    def stop(progress):
        raise Enough

    scan_clips(write_clip("s.mp4", [stage.frame(0)] * 40))
    before = threading.active_count()
    with pytest.raises(Enough):
        scan(scan_clips.request, stop)
    assert threading.active_count() == before
