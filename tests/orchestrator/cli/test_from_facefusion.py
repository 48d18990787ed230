"""A FaceFusion command line says whose face goes on whom; consent is asked as for any face."""

from fractions import Fraction
from pathlib import Path

import pytest

from orchestrator.cli.arguments import parse
from orchestrator.cli.from_facefusion import EVERYBODY, person_in, wish_from
from orchestrator.cli.main import main
from orchestrator.cli.render import cast_of
from orchestrator.cli.report import MachineReporter
from orchestrator.errors import CastingRefused, RequestRefused
from orchestrator.facefusion_line import Reference
from orchestrator.faces.people import Appearance, Person, PersonId, Scan
from orchestrator.home import Home
from orchestrator.prepare import Wish, WishedCast, look_at
from remote_worker.contract.records import Box
from tests.clips import make_clip

DIGEST = "d" * 64
LINE = "python facefusion.py headless-run -s {folder}/grace.jpg -t {video} -o {folder}/out.mp4 {}"


def somebody(number, *, left, size, frames=range(100)):
    boxes = (
        Box(frames.start, left, 0.2, left + size, 0.2 + size),
        Box(frames.stop - 1, left + 0.1, 0.2, left + 0.1 + size, 0.2 + size),
    )
    appearance = Appearance(
        source_digest=DIGEST, start_frame=frames.start, end_frame=frames.stop, boxes=boxes
    )
    return Person(
        person_id=PersonId(f"p{number}"),
        unsure=False,
        appearances=(appearance,),
        embedding=(),
        crops=(),
    )


SCAN = Scan(
    source_digests=(DIGEST,),
    people=(
        somebody(1, left=0.6, size=0.3),
        somebody(2, left=0.1, size=0.2),
        somebody(3, left=0.3, size=0.1, frames=range(50, 60)),
    ),
    frames_looked_at=10,
    models_digest="m",
)


@pytest.mark.parametrize(
    ("reference", "person"),
    [
        (Reference(0, 0, "large-small"), "p1"),
        (Reference(0, 1, "large-small"), "p2"),
        (Reference(0, 0, "left-right"), "p2"),
        (Reference(55, 0, "small-large"), "p3"),
        (Reference(55, 1, "left-right"), "p3"),
        (Reference(55, 0, "right-left"), "p1"),
    ],
)
def test_the_reference_is_found_in_the_order_that_was_asked_for(reference, person):
    assert person_in(SCAN, DIGEST, reference) == person


def test_a_reference_that_is_nobody_says_who_is_there():
    with pytest.raises(CastingRefused, match="shows 2 faces") as caught:
        person_in(SCAN, DIGEST, Reference(0, 2, "left-right"))
    assert "--cast" in caught.value.advice
    assert "p1, p2, p3" in caught.value.advice
    with pytest.raises(CastingRefused, match="shows 0 faces"):
        person_in(SCAN, "e" * 64, Reference(0, 0, "left-right"))


class Words:
    """What a command wrote."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        return


@pytest.fixture
def asked(tmp_path):
    home = Home(tmp_path / "home")
    home.root.mkdir()
    video = make_clip(tmp_path / "in.mp4", frames=60, width=96, height=64)
    told = Words()

    def wish(flags, *more):
        line = LINE.format(flags, folder=tmp_path, video=video)
        typed = parse(["render", "--from-facefusion", line, *more])
        plain = Wish(
            source=Path(), codec=typed.codec, settings=tuple(map(_pair, typed.set)),
            trim_out=typed.trim_out, casts=tuple(map(cast_of, typed.cast)),
        )  # fmt: skip
        return wish_from(home, typed, plain, MachineReporter(told), look_at), told.text

    return wish


def _pair(text):
    name, _, value = text.partition("=")
    return name, value


def test_whoever_is_put_on_every_face_needs_a_source_face_with_consent(asked, tmp_path):
    with pytest.raises(RequestRefused, match="'grace'") as caught:
        asked("--face-selector-mode many")
    assert f"add-face grace {tmp_path}/grace.jpg --consent" in caught.value.advice
    wish, _ = asked("--face-selector-mode many", "--face", "Ada")
    assert wish.casts == (WishedCast(person_id=EVERYBODY, face="Ada"),)
    assert dict(wish.settings) == {"face_selector_mode": "many"}
    assert wish.engine == "facefusion"


def test_work_without_a_new_face_needs_nobody(asked, tmp_path):
    wish, told = asked(
        "--processors face_enhancer --output-video-encoder libx265 --output-video-quality 60"
        " --trim-frame-start 15 --trim-frame-end 45 --keep-temp"
    )
    assert wish.casts == ()
    assert (wish.codec, wish.quality) == ("h265", 20)
    assert (wish.trim_in, wish.trim_out) == (Fraction(1, 2), Fraction(3, 2))
    assert wish.output == tmp_path / "out.mp4"
    assert "--keep-temp: frames are never written" in told
    assert "every face is worked on" in told


def test_what_is_typed_beside_the_line_goes_first(asked):
    wish, _ = asked(
        "--processors face_enhancer --face-enhancer-blend 40 --trim-frame-end 45",
        "--set",
        "face_enhancer_blend=70",
        "--to",
        "1",
    )
    assert dict(wish.settings)["face_enhancer_blend"] == "70"
    assert wish.trim_out == 1
    cast, _ = asked("--face-selector-mode many --face-mask-blur 0.5", "--cast", "p1=Ada")
    assert cast.casts == (WishedCast(person_id="p1", face="Ada"),)
    assert dict(cast.settings) == {"face_mask_blur": "0.5"}


def test_the_terminal_refuses_to_leave_out_the_content_check(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path))
    line = "facefusion.py headless-run -t a.mp4 -o b.mp4 --skip-nsfw"
    assert main(["render", "--from-facefusion", line]) == 2
    assert "cannot be turned off" in capsys.readouterr().err


def test_a_render_names_its_video_one_way_or_the_other(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path))
    assert main(["render"]) == 2
    assert "No video is named" in capsys.readouterr().err
    assert main(["render", "--from-facefusion", "facefusion.py headless-run -s a.jpg"]) == 2
    assert "names no --target" in capsys.readouterr().err


def test_a_home_between_quotes_is_the_users_own(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path / "ada"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "ada"))
    line = "facefusion.py headless-run --processors face_enhancer -t ~/gone.mp4 -o ~/out.mp4"
    assert main(["render", "--from-facefusion", line]) != 0
    assert "~" not in capsys.readouterr().err
