"""What goes into the pipe comes out of it, and nothing else is taken for an answer."""

import io
import random
import struct
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.media.report import FrameIndex
from orchestrator.preview.scene import (
    Ask,
    Failed,
    Play,
    PlayEnded,
    Proof,
    ProofReady,
    Scene,
    SceneCast,
    SceneSource,
    SeekTrouble,
    Share,
    Shown,
    Sound,
    StoredPart,
    Troubles,
)
from orchestrator.preview.wire import (
    AnswerReader,
    AnswerWriter,
    Parts,
    Stop,
    Taken,
    packed_word,
    read_word,
)
from remote_worker.contract.coding import ContractError
from remote_worker.contract.records import (
    Box,
    Colour,
    Digest,
    EngineSpec,
    FaceTrack,
    ModelRef,
    Picture,
)

BT709 = Colour(1, 1, 1, full_range=False)
PICTURE = Picture(
    width_px=64,
    height_px=48,
    shown_width_px=63,
    shown_height_px=48,
    rotation_deg=90,
    mirrored=True,
    sample_aspect_ratio=Fraction(4, 3),
    deinterlace=False,
    tone_map="pq",
    source_colour=BT709,
    colour=BT709,
    pixel_format="yuv420p",
)
PARTS = (StoredPart("/päth/ü.mp4", 0, 10, (3, 4)), StoredPart("b.mp4", 10, 20))


def a_scene(frames=50, boxes=5):
    index = FrameIndex(Fraction(1, 30), tuple(range(-(2**40), -(2**40) + frames)), (0, frames // 2))
    source = SceneSource(
        path="/v/🎬.mp4", digest=Digest("d"), stream_index=2, picture=PICTURE, index=index
    )
    tracks = tuple(
        FaceTrack(
            start_frame=first,
            end_frame=first + boxes,
            boxes=tuple(Box(first + n, 0.1, 1 / 3, 0.5, n / 7) for n in range(boxes)),
            photos=(Digest("f"),),
        )
        for first in (0, 20)
    )
    engine = EngineSpec(
        name="classic",
        digest=Digest("e"),
        halo_frames=3,
        settings=(("blend", "1.0"),),
        models=(ModelRef("m", Digest("x")),),
    )
    cast = SceneCast(
        engine=engine, models={"m": "/m.onnx"}, tracks=tracks, photos={Digest("f"): "/f.png"}
    )
    return Scene(source=source, cast=cast, stored=PARTS)


def a_picture(width_px, height_px, pixels):
    return Shown(
        number=1,
        frame=2,
        side="before",
        made="source",
        width_px=width_px,
        height_px=height_px,
        missed=False,
        pixels=pixels,
    )


WORDS = [
    a_scene(),
    replace(a_scene(), cast=None, stored=()),
    Parts(PARTS),
    Taken(3, 9),
    Stop(4),
    Ask(5, 7, "after", 1280),
    Play(6, 1, 9, ("before", "after"), 960, loop=True, sound=False, first_frame=4),
    Proof(7, 1, 9, 640),
    SeekTrouble(8, 1, 9),
]
ANSWERS = [
    a_picture(2, 3, bytes(range(18))),
    Sound(1, 0.25, 48_000, b"\x01\x00" * 8),
    Share(1, 2, 3),
    ProofReady(1, 2, 3),
    Troubles(1, ((1, 2), (5, 9))),
    PlayEnded(1),
    Failed(1, "Sätze.", "Rat.", "code"),
]


@pytest.mark.parametrize("word", WORDS, ids=lambda word: type(word).__name__)
def test_every_word_arrives_as_it_was_said(word):
    stream = io.BytesIO(packed_word(word) + packed_word(Stop(1)))
    assert read_word(stream) == word
    assert read_word(stream) == Stop(1)
    assert read_word(stream) is None


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_every_answer_arrives_as_it_was_given(answer):
    stream = io.BytesIO()
    writer = AnswerWriter(stream)
    writer.write(answer)
    writer.write(answer)
    stream.seek(0)
    reader = AnswerReader(stream)
    assert reader.read() == answer
    assert reader.read() == answer
    assert reader.read() is None


def test_the_same_picture_for_both_sides_travels_once_and_is_shared():
    picture = bytes(300)
    before = a_picture(10, 10, picture)
    stream = io.BytesIO()
    writer = AnswerWriter(stream)
    writer.write(before)
    once = stream.tell()
    writer.write(replace(before, side="after"))
    assert stream.tell() < 2 * once - 250
    stream.seek(0)
    reader = AnswerReader(stream)
    first, second = reader.read(), reader.read()
    assert (first.side, second.side) == ("before", "after")
    assert second.pixels is first.pixels


def test_a_scene_of_an_hour_is_packed_as_numbers():
    packed = packed_word(a_scene(frames=108_000, boxes=20_000))
    assert len(packed) < 108_000 * 8 + 40_000 * 40 + 10_000


@pytest.mark.parametrize(
    "changed",
    [
        {"width_px": 3},
        {"height_px": 0},
        {"width_px": -2, "height_px": -3},
        {"pixels": b""},
        {"side": "behind"},
        {"frame": 1.5},
        {"made": None},
    ],
)
def test_a_picture_that_is_not_what_it_says_is_refused(changed):
    stream = io.BytesIO()
    AnswerWriter(stream).write(replace(ANSWERS[0], **changed))
    stream.seek(0)
    with pytest.raises(ContractError):
        AnswerReader(stream).read()


@given(st.binary(max_size=200))
def test_noise_is_refused_or_taken_for_the_end(noise):
    for reading in (AnswerReader(io.BytesIO(noise)).read, lambda: read_word(io.BytesIO(noise))):
        try:
            assert reading() is None
        except ContractError:
            continue


@given(seed=st.integers(0, 10**6))
def test_an_answer_with_a_few_bytes_changed_is_never_something_odd(seed):
    rng = random.Random(seed)
    stream = io.BytesIO()
    AnswerWriter(stream).write(rng.choice(ANSWERS))
    data = bytearray(stream.getvalue())
    for _ in range(3):
        data[rng.randrange(len(data))] = rng.randrange(256)
    try:
        answer = AnswerReader(io.BytesIO(bytes(data))).read()
    except ContractError:
        return
    if isinstance(answer, Shown):
        assert len(answer.pixels) == answer.width_px * answer.height_px * 3


def test_a_message_that_claims_to_be_endless_is_not_waited_for():
    endless = io.BytesIO(struct.pack("<IQ", 10, 1 << 60) + b'["Stop",{}]')
    with pytest.raises(ContractError):
        AnswerReader(endless).read()
