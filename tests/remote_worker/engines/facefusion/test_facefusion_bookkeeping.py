"""Which frames go to FaceFusion, which face is which, and what neighbours a frame has."""

import numpy as np
import pytest

from remote_worker.contract.records import Box, Digest, FaceTrack, tracks_reaching
from remote_worker.engines.facefusion.choose import overlap, pairs
from remote_worker.engines.facefusion.flow import Reach
from remote_worker.engines.facefusion.places import Places
from remote_worker.engines.facefusion.ring import Ring

ONE, OTHER = (Digest("1" * 64),), (Digest("2" * 64),)


def track(start, end, photos=ONE, left=0.1):
    boxes = (Box(start, left, 0.1, left + 0.2, 0.5), Box(end - 1, left + 0.4, 0.1, left + 0.6, 0.5))
    return FaceTrack(start_frame=start, end_frame=end, boxes=boxes, photos=photos)


def test_places_between_boxes_are_interpolated():
    places = Places([track(10, 21)])
    (middle,) = places.of(15, 100, 200)
    assert (middle.left, middle.top, middle.right, middle.bottom) == pytest.approx(
        (60, 10, 100, 50)
    )
    assert places.of(9, 100, 200) == places.of(21, 100, 200) == ()


def test_places_are_the_same_however_a_track_is_cut():
    whole = (track(0, 101),)
    for start, end in ((0, 30), (30, 60), (55, 101)):
        cut = Places(tracks_reaching(whole, start, end))
        for frame in range(start, end):
            (expected,), (given,) = Places(whole).of(frame, 90, 160), cut.of(frame, 90, 160)
            assert given.left == pytest.approx(expected.left)


def test_each_set_of_photos_has_one_number():
    places = Places([track(0, 9, ONE), track(0, 9, OTHER, left=0.2), track(20, 30, ONE)])
    assert places.photos == (ONE, OTHER)
    assert [place.face for place in places.of(5, 10, 10)] == [0, 1]
    assert [place.face for place in places.of(25, 10, 10)] == [0]


def test_a_frame_is_needed_when_a_neighbour_of_it_is_worked_on():
    reach = Reach(range(10, 40), 2, Places([track(20, 25)]), everywhere=False)
    assert [n for n in range(60) if reach.works_on(n)] == list(range(20, 25))
    assert [n for n in range(60) if reach.needs(n)] == list(range(18, 27))


def test_no_frame_is_needed_for_one_that_is_not_wanted():
    reach = Reach(range(10, 22), 3, Places([track(20, 90)]), everywhere=False)
    assert [n for n in range(60) if reach.needs(n)] == list(range(17, 25))


def test_processors_of_whole_frames_need_all():
    reach = Reach(range(10, 20), 1, Places([]), everywhere=True)
    assert [n for n in range(60) if reach.needs(n)] == list(range(9, 21))


def test_faces_are_paired_with_the_places_they_overlap_best():
    faces = [(0, 0, 10, 10), (100, 0, 110, 10), (101, 0, 111, 10)]
    places = [(101, 0, 111, 10), (1, 1, 11, 11)]
    assert pairs(faces, places) == {0: 2, 1: 0}
    assert pairs(faces[::-1], places[::-1]) == {1: 0, 0: 2}


def test_a_place_without_a_face_has_none():
    assert pairs([(0, 0, 10, 10)], [(50, 50, 60, 60)]) == {}
    assert pairs([], [(0, 0, 1, 1)]) == {}


def test_one_face_has_one_place_only():
    assert len(pairs([(0, 0, 10, 10)], [(0, 0, 10, 10), (1, 0, 11, 10)])) == 1


def test_overlap_is_shared_area_over_joint_area():
    assert overlap((0, 0, 10, 10), (0, 0, 10, 10)) == 1
    assert overlap((0, 0, 10, 10), (5, 0, 15, 10)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 10, 10), (10, 0, 20, 10)) == 0


def fill(ring, indices, worked):
    made = []
    for index in indices:
        pixels = np.full((2, 2, 3), index, np.uint8)
        ring.add(index, index, pixels, {"out": 0 if index in worked else -1})
        made += ring.ready()
    return made + ring.rest()


@pytest.mark.parametrize("halo", [0, 1, 3])
def test_a_frame_has_its_neighbours_around_it(halo):
    made = fill(Ring(halo), range(20), range(5, 15))
    assert [ready.index for ready in made] == list(range(5, 15))
    for ready in made:
        shown = [int(pixels[0, 0, 0]) for pixels in ready.window]
        assert shown == list(range(ready.index - halo, ready.index + halo + 1))


def test_neighbours_that_do_not_exist_are_one_black_pixel():
    (ready,) = fill(Ring(2), [0], [0])
    assert [pixels.shape for pixels in ready.window] == [(1, 1, 3)] * 2 + [(2, 2, 3)] + [
        (1, 1, 3)
    ] * 2


def test_frames_are_let_go_of_when_nothing_needs_them():
    ring, held = Ring(2), set()
    for index in range(40):
        held.add(index)
        ring.add(index, index, np.zeros((1, 1, 3), np.uint8), {"out": 0})
        for ready in ring.ready():
            held -= {slot for slot, _ in ring.done(ready.index)}
        assert len(held) <= 5


def test_frames_are_kept_while_an_older_one_is_in_hand():
    ring = Ring(1)
    ready = []
    for index in range(6):
        ring.add(index, index, np.zeros((1, 1, 3), np.uint8), {"out": 0})
        ready += ring.ready()
    assert [each.index for each in ready] == [0, 1, 2, 3, 4]
    assert ring.done(3) == ring.done(4) == []
    assert [slot for slot, _ in ring.done(0)] == []
    assert [slot for slot, _ in ring.done(1)] == [0]
    assert [slot for slot, _ in ring.done(2)] == [1, 2, 3]
