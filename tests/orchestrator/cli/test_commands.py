"""Commands say what they did, to people and machines, and end with a status that means it."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from orchestrator.cli import main as cli
from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.demo.footage import HOPPER, demo_portrait
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from tests.clips import barcodes_of, make_clip


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    return Home.default()


@pytest.fixture
def clip(tmp_path):
    return make_clip(tmp_path / "my [red]clip[bold] 片.mp4", frames=60, audio_tracks=1)


def said(capsys, *arguments):
    """Run a command for machines; return its status, its result or error, and all its lines."""
    status = main([*map(str, arguments), "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    ends = [line for line in lines if "result" in line or "error" in line]
    assert len(ends) == 1
    assert lines[-1] is ends[0] or "say" in lines[-1]
    return status, ends[0].get("result", ends[0].get("error")), lines


def identity(clip, out, *more):
    return ["render", clip, "--engine", "identity", "--output", out, "--workers", "1", *more]


def test_a_render_from_the_first_command_to_the_last(home, clip, tmp_path, capsys):
    out = tmp_path / "out.mp4"
    typed = identity(clip, out, "--segment-frames", "20", "--urgent")
    status, result, lines = said(capsys, *typed)
    assert status == Exit.DONE
    assert said(capsys, "jobs")[1][0]["urgent"]
    assert (result["frames"], result["phase"]) == (60, "done")
    assert (result["segments_rendered"], result["segments_reused"]) == (3, 0)
    assert {line["progress"]["of"] for line in lines if "progress" in line} >= {"rendering"}
    assert barcodes_of(out) == list(range(60))

    assert said(capsys, "resume", "--no-urgent")[:2] == (Exit.DONE, result)
    (listed,) = said(capsys, "jobs")[1]
    assert not listed["urgent"]
    assert (listed["job"], listed["state"], listed["chunks_done"]) == (result["job"], "done", 2)

    status, refused, _ = said(capsys, *identity(clip, out))
    assert (status, refused["reason"]) == (Exit.USAGE, "request_refused")
    assert said(capsys, "cancel", "last")[0] == Exit.USAGE

    status, found, _ = said(capsys, "clean")
    assert (found["jobs"], found["deleted"]) == (1, False)
    assert list_jobs(home)
    assert said(capsys, "clean", "--yes")[1]["deleted"]
    assert list_jobs(home) == ()
    assert [path for path in home.store.rglob("*") if path.is_file()] == []
    assert barcodes_of(out) == list(range(60))


def test_a_trim_is_told_in_minutes_and_seconds(home, clip, tmp_path, capsys):
    out = tmp_path / "out.mkv"
    status, result, _ = said(capsys, *identity(clip, out, "--from", "0:00.5", "--to", "1.5"))
    assert (status, result["frames"]) == (Exit.DONE, 30)
    assert barcodes_of(out) == list(range(15, 45))


def test_people_read_tables_in_which_names_are_not_markup(home, clip, capsys):
    assert main(["probe", str(clip)]) == Exit.DONE
    shown = capsys.readouterr().out
    assert "[red]clip[bold]" in shown
    assert "60 frames" in shown


def test_a_face_without_consent_is_kept_but_not_rendered(home, clip, tmp_path, capsys):
    photo = tmp_path / "grace.jpg"
    photo.write_bytes(demo_portrait(HOPPER))
    status, face, _ = said(capsys, "add-face", "grace", photo)
    assert (status, face["consent"]) == (Exit.CONSENT_MISSING, None)
    render = ["render", clip, "--cast", "p1=grace", "--output", tmp_path / "o.mp4"]
    assert said(capsys, *render)[0] == Exit.CONSENT_MISSING
    assert said(capsys, "add-face", "grace", photo)[0] == Exit.USAGE
    assert said(capsys, "remove-face", "grace")[0] == Exit.DONE
    status, face, _ = said(
        capsys, "add-face", "grace", photo, "--consent", "licensed", "--stated-by", "Ada"
    )
    assert (status, face["consent"]["stated_by"]) == (Exit.DONE, "Ada")
    assert [each["name"] for each in said(capsys, "list-faces")[1]] == ["grace"]
    status, refused, _ = said(capsys, *render)  # there is nobody in this clip
    assert (status, refused["reason"]) == (Exit.USAGE, "casting_refused")


def test_a_photo_of_nobody_is_refused(home, tmp_path, capsys):
    photo = tmp_path / "wall.png"
    Image.fromarray(np.full((200, 200, 3), 120, np.uint8)).save(photo)
    status, refused, _ = said(capsys, "add-face", "wall", photo, "--consent", "self")
    assert (status, refused["reason"]) == (Exit.REFUSED, "photo_refused")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["probe", "gone.mp4"], Exit.REFUSED),
        (["resume", "nonesuch"], Exit.USAGE),
        (["resume"], Exit.USAGE),
        (["render", "clip.mp4"], Exit.REFUSED),
        (["render", "clip.mp4", "--cast", "nobody"], Exit.USAGE),
        (["render", "clip.mp4", "--set", "sharp"], Exit.USAGE),
        (["render", "clip.mp4", "--output", "clip.txt"], Exit.USAGE),
        (["render", "clip.mp4", "--output", "no-such-folder/clip.mp4"], Exit.USAGE),
        (["render", "clip.mp4", "--codec", "av1", "--output", "clip.mov"], Exit.USAGE),
        (["render", "clip.mp4", "--engine", "magic"], Exit.USAGE),
        (["render", "clip.mp4", "--quality-at", "12"], Exit.USAGE),
    ],
)
def test_what_cannot_be_done_is_said_with_advice(
    home, capsys, arguments, status, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    found, error, _ = said(capsys, *arguments)
    assert found == status
    assert error["sentence"].endswith(".")
    assert error["advice"].endswith(".")


def test_two_jobs_do_not_write_one_file(home, clip, tmp_path, capsys, monkeypatch):
    out = tmp_path / "out.mp4"
    monkeypatch.setattr("orchestrator.cli.render.drive_here", lambda *_: Exit.STOPPED)
    assert main([str(each) for each in identity(clip, out)]) == Exit.STOPPED
    capsys.readouterr()
    status, refused, _ = said(capsys, *identity(clip, out))
    assert status == Exit.USAGE
    assert list_jobs(home)[0] in refused["sentence"]
    assert said(capsys, "cancel", "last")[0] == Exit.DONE
    assert said(capsys, "jobs")[1][0]["state"] == "cancelled"


def test_doctor_says_what_is_there_and_what_is_missing(home, capsys, monkeypatch):
    status, findings, _ = said(capsys, "doctor")
    assert status == Exit.DONE
    assert {"python", "engines", "storage"} <= {each["name"] for each in findings}
    monkeypatch.setattr("orchestrator.health.LEAST_FREE_BYTES", 1 << 60)
    status, findings, _ = said(capsys, "doctor")
    assert status == Exit.NOT_READY
    (storage,) = [each for each in findings if each["name"] == "storage"]
    assert storage["state"] == "missing"
    assert storage["advice"]


def test_a_mistake_of_ours_is_written_down_and_not_thrown(home, capsys, monkeypatch):
    def mistaken(name):
        raise ZeroDivisionError("not the user's fault")

    monkeypatch.setattr(cli, "_command", mistaken)
    status, error, _ = said(capsys, "jobs")
    assert status == Exit.CRASHED
    (report,) = home.crashes.iterdir()
    assert str(report) in error["advice"]
    assert "ZeroDivisionError: not the user's fault" in report.read_text()


def test_a_reader_that_goes_away_is_no_error(home, clip):
    command = [sys.executable, "-m", "orchestrator.cli.main", "probe", str(clip), "--json"]
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as nobody_reads:
        done = subprocess.run(
            command, stdout=nobody_reads, stderr=subprocess.PIPE, timeout=120, check=False
        )
    assert b"Traceback" not in done.stderr


def test_help_and_version_are_there(capsys):
    for argument in ("--help", "--version"):
        with pytest.raises(SystemExit) as ended:
            main([argument])
        assert ended.value.code == 0
    assert "0.1.0" in capsys.readouterr().out
