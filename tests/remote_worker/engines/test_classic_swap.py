"""What the classic engine makes of faces: whose they become and what stays."""

import cv2
import numpy as np
import pytest
from engine_footage import ASTRONAUT, DRIVER, FrameOfFootage, render

from remote_worker.contract.records import Box, Digest, FaceTrack
from remote_worker.engines import Casting
from remote_worker.engines.classic import pose
from remote_worker.engines.classic.source import load_source
from remote_worker.engines.classic.swap import clarity
from remote_worker.engines.registry import engine_kind
from remote_worker.errors import EngineFailed


@pytest.fixture(scope="module")
def talking(footage):
    """Return frames in which the man opens his mouth wide."""
    return footage[50:66]


@pytest.fixture(scope="module")
def track(looking, talking):
    return looking.track(talking, (ASTRONAUT,))


@pytest.fixture(scope="module")
def swapped(classic, talking, track, photos):
    return [one.pixels for one in render(classic, talking, [track], photos)]


def changed(before, after):
    return np.abs(before.astype(int) - after.astype(int)).max(axis=2)


def polygon(shape, points):
    mask = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(mask, [np.round(points[:, :2]).astype(np.int32)], 255)
    return mask > 0


def test_a_face_comes_nearer_to_the_source_face_than_to_its_own(
    looking, talking, swapped, astronaut
):
    source = looking.identity(astronaut)
    distances = []
    for at in (2, 8, 14):
        own, now = looking.identity(talking[at]), looking.identity(swapped[at])
        distances.append(
            [np.linalg.norm(a - b) for a, b in ((own, source), (now, source), (now, own))]
        )
    before, to_source, to_own = np.mean(distances, axis=0)
    assert to_source < before - 0.15
    assert to_source < to_own - 0.05


def test_nothing_beyond_the_face_changes_by_a_bit(looking, talking, swapped):
    for before, after in zip(talking, swapped, strict=True):
        points = looking.points(before)
        middle = points[:, :2].mean(axis=0)
        around = polygon(
            before.shape, cv2.convexHull(middle + 1.25 * (points[:, :2] - middle))[:, 0]
        )
        assert changed(before, after)[~around].max() == 0
        assert changed(before, after)[around].max() > 20


def test_the_forehead_stays_as_it_is(looking, talking, swapped):
    for before, after in zip(talking, swapped, strict=True):
        forehead = polygon(
            before.shape, looking.points(before)[[103, 67, 109, 10, 338, 297, 332, 299, 151, 69]]
        )
        assert changed(before, after)[forehead].mean() < 1.5


def test_an_open_mouth_stays_open(looking, talking, swapped):
    at = widest_open(looking, talking)
    opening = pose.mouth_opening(looking.points(talking[at]))
    assert opening > 0.15
    assert pose.mouth_opening(looking.points(swapped[at])) > 0.7 * opening


def test_the_inside_of_an_open_mouth_stays_the_persons_own(models, looking, talking, track, photos):
    at = widest_open(looking, talking)
    kind = engine_kind("classic")
    in_place = kind.open(kind.describe({"reshape": "0"}), models)
    after = render(in_place, talking, [track], photos, wanted=range(at, at + 1))[0].pixels
    lips = looking.points(talking[at])[[13, 312, 308, 317, 14, 87, 78, 82]]
    inside = polygon(after.shape, lips.mean(axis=0) + 0.7 * (lips - lips.mean(axis=0)))
    assert changed(talking[at], after)[inside].mean() < 4


def widest_open(looking, pictures):
    return int(np.argmax([pose.mouth_opening(looking.points(picture)) for picture in pictures]))


def test_eyes_keep_looking_where_they_look(classic, looking, talking, track, photos):
    kind = engine_kind("classic")
    other = kind.open(kind.describe({"keep_eyes": "off"}), looking.models)
    kept, lost = (
        render(engine, talking[:4], [track], photos)[0].pixels for engine in (classic, other)
    )
    points = looking.points(talking[0])
    for eye in ((33, 159, 133, 145), (263, 386, 362, 374)):
        inside = polygon(talking[0].shape, points[list(eye)])
        assert changed(talking[0], kept)[inside].mean() < changed(talking[0], lost)[inside].mean()


def test_a_blink_stays_a_blink(models, looking, footage, photos):
    """He blinks in frames 92 and 93 and looks in 88; the mesh says nothing of it."""
    pictures = footage[85:99]
    track = looking.track(pictures, (ASTRONAUT,), first=85)
    kind = engine_kind("classic")
    in_place = kind.open(kind.describe({"reshape": "0"}), models)
    done = {one.index: one.pixels for one in render(in_place, pictures, [track], photos, first=85)}
    lids = [(33, 159, 133, 145), (263, 386, 362, 374)]
    difference = {}
    for at in (88, 92, 93):
        points = looking.points(footage[at])
        grown = [points[list(eye)].mean(axis=0) * -0.3 + points[list(eye)] * 1.3 for eye in lids]
        around = np.any([polygon(footage[at].shape, eye) for eye in grown], axis=0)
        difference[at] = changed(footage[at], done[at])[around].mean()
    assert max(difference[92], difference[93]) < 6
    assert max(difference[92], difference[93]) < 0.6 * difference[88]


def test_what_is_held_before_the_face_is_not_painted_over(classic, looking, talking, photos):
    pictures = [picture.copy() for picture in talking[:5]]
    track = looking.track(pictures, (ASTRONAUT,))
    for picture in pictures:  # a blue stick across a cheek
        cheek = looking.points(picture)[50, :2].round().astype(int)
        low, high = cheek - np.array([3, 14]), cheek + np.array([3, 14])
        cv2.rectangle(picture, low, high, (150, 60, 20), -1)
    after = render(classic, pictures, [track], photos)[2].pixels
    stick = looking.points(talking[2])[50, :2].round().astype(int)
    inside = np.s_[stick[1] - 10 : stick[1] + 10, stick[0] - 2 : stick[0] + 3]
    assert changed(pictures[2], after)[inside].mean() < 12


def test_a_cast_face_that_is_not_there_is_missed_and_the_frame_left(
    classic, footage, track, photos
):
    pictures = [*footage[50:54], *[np.full_like(footage[0], 90)] * 6, *footage[60:66]]
    done = render(classic, pictures, [track_over(track, len(pictures))], photos)
    assert [one.index for one in done if one.missed] == list(range(4, 10))
    assert all((one.pixels is None) == one.missed for one in done)


def track_over(track, frames):
    return FaceTrack(start_frame=0, end_frame=frames, boxes=track.boxes, photos=track.photos)


def test_frames_that_no_track_reaches_are_not_even_converted(classic, footage, looking, photos):

    track = looking.track(footage[8:12], (ASTRONAUT,), first=8)
    frames = [FrameOfFootage(at, footage[at]) for at in range(20)]
    done = list(classic.render(iter(frames), range(20), Casting((track,), photos)))
    assert [one.index for one in done] == list(range(20))
    assert [one.index for one in done if one.pixels is not None] == [8, 9, 10, 11]
    assert {frame.index for frame in frames if frame.asked} == {8, 9, 10, 11}


def test_two_people_who_cross_the_picture_keep_their_own_new_faces(
    classic, looking, astronaut, footage, photos
):
    """Both walk past each other; each gets the other's face, before, at and after the crossing."""
    driver = [cv2.resize(picture[15:135, 40:145], (158, 180)) for picture in footage[:9]]
    woman = cv2.resize(astronaut[0:230, 100:330], (180, 180), interpolation=cv2.INTER_AREA)
    pictures, boxes = [], {ASTRONAUT: [], DRIVER: []}
    for at in range(9):
        picture = np.full((420, 460, 3), 120, np.uint8)
        places = {ASTRONAUT: (10 + 30 * at, 10), DRIVER: (270 - 30 * at, 220)}
        for photo, shown in ((ASTRONAUT, driver[at]), (DRIVER, woman)):
            left, top = places[photo]
            picture[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
        pictures.append(picture)
        for face in looking.detector.detect(picture):
            photo = ASTRONAUT if face.top < 200 else DRIVER
            boxes[photo].append(
                Box(at, face.left / 460, face.top / 420, face.right / 460, face.bottom / 420)
            )
    tracks = [
        FaceTrack(start_frame=0, end_frame=9, boxes=tuple(b), photos=(p,)) for p, b in boxes.items()
    ]
    done = render(classic, pictures, tracks, photos)
    sources = {ASTRONAUT: looking.identity(astronaut), DRIVER: looking.identity(footage[10])}
    for at in (0, 4, 8):
        for photo, part in ((ASTRONAUT, np.s_[:200]), (DRIVER, np.s_[210:])):
            before, after = (looking.identity(p[part]) for p in (pictures[at], done[at].pixels))
            nearer = np.linalg.norm(before - sources[photo]) - np.linalg.norm(
                after - sources[photo]
            )
            assert nearer > 0.1


def test_other_people_in_the_picture_are_left_alone(classic, looking, footage, photos):
    pair = [np.hstack([picture, picture]) for picture in footage[:5]]
    alone = looking.track(footage[:5], (ASTRONAUT,))
    boxes = tuple(
        Box(box.frame, box.left / 2, box.top, box.right / 2, box.bottom) for box in alone.boxes
    )
    track = FaceTrack(start_frame=0, end_frame=5, boxes=boxes, photos=alone.photos)
    for before, one in zip(pair, render(classic, pair, [track], photos), strict=True):
        assert np.array_equal(before[:, 176:], one.pixels[:, 176:])
        assert not np.array_equal(before[:, :176], one.pixels[:, :176])


def test_a_photo_without_a_face_fails_the_render_by_name(classic, footage, track, tmp_path):
    blank = tmp_path / "blank.png"
    cv2.imwrite(str(blank), np.full((64, 64, 3), 128, np.uint8))
    other = FaceTrack(start_frame=0, end_frame=4, boxes=track.boxes, photos=(Digest("b" * 64),))
    with pytest.raises(EngineFailed, match="shows a face"):
        render(classic, footage[50:54], [other], {Digest("b" * 64): blank})
    blank.write_bytes(b"no picture")
    with pytest.raises(EngineFailed, match="cannot be read"):
        render(classic, footage[50:54], [other], {Digest("b" * 64): blank})


def test_of_several_photos_the_one_turned_like_the_frame_counts_most(
    looking, models, photos, astronaut
):
    source = load_source(list(photos.values()), looking.detector, looking.mesh)
    woman = load_source([photos[ASTRONAUT]], looking.detector, looking.mesh)
    man = load_source([photos[DRIVER]], looking.detector, looking.mesh)
    for alone, other, photo in ((woman, man, photos[ASTRONAUT]), (man, woman, photos[DRIVER])):
        direction = pose.direction_of(looking.points(cv2.imread(str(photo))))
        mixed, own, wrong = (
            face.skin_for(direction, 64).texture[24:48, 20:44] for face in (source, alone, other)
        )
        assert np.abs(mixed - own).mean() < np.abs(mixed - wrong).mean()


def test_a_face_turned_to_the_side_fades_out_without_a_step():
    angles = np.radians(np.arange(0, 91, 2))
    shown = [clarity(np.array([np.sin(a), 0.0, -np.cos(a)])) for a in angles]
    assert shown[0] == 1
    assert shown[-1] == 0
    steps = np.diff(shown)
    assert steps.max() <= 0
    assert steps.min() > -0.2


@pytest.mark.parametrize(
    "settings",
    [
        {"blend": "0.4"}, {"colour_match": "off"}, {"colour_match": "tone"}, {"keep_eyes": "off"},
        {"keep_mouth": "off"}, {"reshape": "0"}, {"sharpness": "0.3"},
    ],
)  # fmt: skip
def test_every_setting_can_be_seen(settings, models, talking, track, photos, swapped):
    kind = engine_kind("classic")
    engine = kind.open(kind.describe(settings), models)
    other = render(engine, talking, [track], photos, wanted=range(9, 10))[0].pixels
    assert changed(other, swapped[9]).max() > 8


def test_no_strength_at_all_leaves_the_frame_as_it_is(models, talking, track, photos):
    kind = engine_kind("classic")
    engine = kind.open(kind.describe({"blend": "0"}), models)
    (one,) = render(engine, talking[:4], [track], photos, wanted=range(2, 3))
    assert one.pixels is None
    assert not one.missed
