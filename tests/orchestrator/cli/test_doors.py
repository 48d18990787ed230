"""What is mistyped at a command is refused in one sentence, before anybody loses a thing."""

import json
import shlex

import pytest

from orchestrator.cli import arguments
from orchestrator.cli.examples import EXAMPLES
from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.demo.footage import HOPPER, demo_portrait
from orchestrator.desk.book import Book
from orchestrator.errors import QueueBroken
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from orchestrator.journal import JobLock, is_driven
from tests.clips import make_clip


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    return Home.default()


@pytest.fixture
def photo(tmp_path):
    made = tmp_path / "photo.jpg"
    made.write_bytes(demo_portrait(HOPPER))
    return made


def refusal(capsys, *typed):
    """Return the status of a command that refuses, and its sentence; nothing else is said."""
    try:
        status = main([*map(str, typed), "--json"])
    except SystemExit as ended:
        status = ended.code
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (error,) = [line["error"] for line in lines if "error" in line]
    assert error["sentence"].endswith(".")
    assert error["advice"]
    return status, error["sentence"]


@pytest.mark.parametrize(
    "typed",
    [
        [],
        ["rendr"],
        ["probe"],
        ["probe", ""],
        ["doctor", "more"],
        ["queue", "run", "--workers", "0"],
        ["resume", "--workers", "1" * 5000],
        ["render", "a.mp4", "--from", "1e400000000"],
        ["render", "a.mp4", "--from", "1:2:3:4"],
        ["render", "a.mp4", "--from", "-1"],
    ],
)
def test_what_is_not_understood_is_told_in_one_sentence_with_where_to_look(typed, home, capsys):
    status, sentence = refusal(capsys, *typed)
    assert status == Exit.USAGE
    assert "usage:" not in sentence


def test_every_example_in_the_help_is_understood(home):
    assert EXAMPLES
    for name, lines in EXAMPLES.items():
        for line in lines:
            assert arguments.parse(shlex.split(line)).command == name


def test_every_command_begins_its_help_with_what_it_does(capsys):
    with pytest.raises(SystemExit):
        arguments.parse(["queue", "add", "--help"])
    assert "Put videos in the queue and look who is in them." in capsys.readouterr().out


@pytest.mark.parametrize(
    "part", ["--cast=p1=grace@5-2", "--cast=p1=grace@90-", "--quality-at=14@9-2"]
)
def test_a_part_without_a_frame_is_refused_and_not_passed_over(part, home, photo, tmp_path, capsys):
    clip = make_clip(tmp_path / "clip.mp4", frames=30)
    assert main(["add-face", "grace", str(photo), "--consent", "self"]) == Exit.DONE
    capsys.readouterr()
    cast = [] if part.startswith("--cast") else ["--cast", "p1=grace"]
    status, sentence = refusal(capsys, "render", clip, *cast, part)
    assert status == Exit.USAGE
    assert sentence.startswith("There is no frame between the start and the end of")
    assert list_jobs(home) == ()


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 81])
def test_a_face_has_a_name_that_can_be_typed_again(name, home, tmp_path, capsys):
    status, _ = refusal(capsys, "add-face", name, tmp_path / "none.jpg")
    assert status == Exit.USAGE


def test_a_bundle_never_replaces_a_file(home, tmp_path, capsys):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"years of work")
    status, _ = refusal(capsys, "diagnostics", "--output", film)
    assert (status, film.read_bytes()) == (Exit.USAGE, b"years of work")
    status, _ = refusal(capsys, "diagnostics", "--output", tmp_path / "none" / "a.zip")
    assert status == Exit.USAGE


def test_what_is_no_file_is_not_put_in_the_queue(home, tmp_path, capsys):
    clip = make_clip(tmp_path / "clip.mp4", frames=5)
    for wrong in (tmp_path / "none.mp4", tmp_path):
        assert refusal(capsys, "queue", "add", clip, wrong)[0] == Exit.USAGE
    assert main(["queue", "list", "--json"]) == Exit.DONE
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["result"]["entries"] == []


def test_a_file_that_is_no_video_is_told_by_the_status(home, tmp_path, capsys):
    text = tmp_path / "notes.mp4"
    text.write_text("not a video")
    assert main(["queue", "add", str(text)]) == Exit.REFUSED
    assert main(["queue", "list"]) == Exit.DONE


def test_crops_are_refused_before_the_faces_are_looked_for(home, tmp_path, capsys):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    status, sentence = refusal(capsys, "faces", tmp_path / "none.mp4", "--crops", taken)
    assert (status, sentence) == (Exit.USAGE, f"{taken} is a file.")


def test_a_lock_that_cannot_be_written_is_not_said_to_be_held(tmp_path):
    lock = tmp_path / "desk-lock.sqlite"
    lock.mkdir()
    assert not is_driven(lock)
    with pytest.raises(QueueBroken, match="cannot be used"):
        Book(tmp_path / "desk.sqlite")
    with JobLock(tmp_path / "other"):
        assert is_driven(tmp_path / "other")


def test_lines_for_a_pipe_are_not_broken(home, photo, capsys):
    name = "a face with a long name " * 3
    assert main(["add-face", name.strip(), str(photo), "--consent", "self"]) == Exit.DONE
    capsys.readouterr()
    assert main(["list-faces"]) == Exit.DONE
    _, line = capsys.readouterr().out.splitlines()
    (face,) = home.faces.iterdir()
    assert line.startswith(name.strip())
    assert line.rstrip().endswith(face.name)
