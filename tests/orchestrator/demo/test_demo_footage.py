"""The demo: always the same video, with two faces that can be found, and a tidy sheet of it."""

import av
import numpy as np
import pytest
from PIL import Image

from orchestrator.content import PhotosRequest, check_photos
from orchestrator.demo import footage
from orchestrator.demo.footage import COLLINS, HOPPER, demo_frames, demo_portrait, make_footage
from orchestrator.demo.sheet import contact_sheet
from orchestrator.models import find_models
from remote_worker.detection.faces import FaceDetector

SHORT = 15


@pytest.fixture(scope="module")
def short(tmp_path_factory):
    return make_footage(tmp_path_factory.mktemp("demo") / "short.mp4", frames=SHORT)


def test_frames_are_the_same_every_time():
    for one, other in zip(demo_frames(5), demo_frames(5), strict=True):
        assert np.array_equal(one, other)


def test_the_file_is_the_same_every_time(short, tmp_path):
    other = make_footage(tmp_path / "other.mp4", frames=SHORT)
    assert short.read_bytes() == other.read_bytes()


def test_the_video_has_its_frames_its_sound_and_its_colours(short):
    with av.open(str(short)) as media:
        picture, sound = media.streams.video[0], media.streams.audio[0]
        assert picture.codec_context.name == "h264"
        assert sound.codec_context.name == "aac"
        assert (picture.width, picture.height, picture.average_rate) == (960, 540, 30)
        assert picture.codec_context.color_primaries == 1
        assert picture.codec_context.color_range == 1
        assert sum(1 for _ in media.decode(picture)) == SHORT
        assert abs(float(sound.duration * sound.time_base) - SHORT / 30) < 0.05


def test_both_people_are_found_one_on_each_side_while_they_talk_and_blink():
    detector = FaceDetector(find_models(["face-detector"])["face-detector"])
    for number, pixels in enumerate(demo_frames(60)):
        if number % 10 == 0:
            middles = sorted((face.left + face.right) / 2 for face in detector.detect(pixels))
            assert len(middles) == 2, number
            assert middles[0] < footage.WIDTH_PX / 2 < middles[1]


@pytest.mark.parametrize("portrait", [COLLINS, HOPPER])
def test_the_portraits_are_small_carry_no_metadata_and_pass_the_content_check(portrait, tmp_path):
    data = demo_portrait(portrait)
    assert len(data) < 150_000
    path = tmp_path / portrait.file
    path.write_bytes(data)
    with Image.open(path) as image:
        assert not image.getexif()
        image.save(tmp_path / "photo.png")
    assert check_photos(PhotosRequest((str(tmp_path / "photo.png"),))).allowed


@pytest.mark.parametrize("portrait", [COLLINS, HOPPER])
def test_eyes_shut_and_the_mouth_opens_in_time(portrait):
    poses = [footage.pose_at(portrait, number / 30) for number in range(footage.FRAMES)]
    assert max(pose.lids for pose in poses) > 0.9
    assert min(pose.lids for pose in poses) == 0
    assert max(pose.jaw for pose in poses) > 0.5
    assert poses[-1].jaw == 0


def test_a_sheet_shows_every_frame_before_and_after(short, tmp_path):
    to = contact_sheet(short, short, [10, 0], tmp_path / "sheet.png")
    with Image.open(to) as sheet:
        assert sheet.size[0] == 2 * 480 + 3 * 16
        picture = np.asarray(sheet)
    assert np.array_equal(picture[50:320], picture[50 + 320 : 320 + 320])


@pytest.mark.parametrize("frames", [[], [SHORT]])
def test_a_frame_that_is_not_there_is_told(short, tmp_path, frames):
    with pytest.raises(ValueError, match="frame"):
        contact_sheet(short, short, frames, tmp_path / "sheet.png")
    assert not (tmp_path / "sheet.png").exists()
