"""The queue from a terminal is the window's queue, and only one has it at a time."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.desk.book import Book, book_path, read_entries
from orchestrator.home import Home
from tests.clips import barcodes_of, make_clip
from tests.faults.kills import REPOSITORY


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    return Home.default()


@pytest.fixture
def clips(tmp_path):
    return [make_clip(tmp_path / f"{name} [red].mp4", frames=24) for name in "ab"]


def said(capsys, *arguments):
    """Run ``queue`` for machines; return its status and its result or error."""
    status = main(["queue", *map(str, arguments), "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (end,) = [line for line in lines if "result" in line or "error" in line]
    return status, end.get("result", end.get("error"))


def names(result):
    return [Path(each["source"]).name[0] for each in result["entries"]]


def states(result):
    return [each["state"] for each in result["entries"]]


def add(capsys, *clips):
    return said(capsys, "add", *clips, "--engine", "identity", "--no-look")[1]


def test_from_an_empty_queue_to_finished_videos(home, clips, capsys, tmp_path):
    assert said(capsys, "list") == (Exit.DONE, {"paused": False, "entries": []})
    status, added = said(capsys, "add", *clips, "--engine", "identity")
    assert (status, states(added)) == (Exit.DONE, ["ready", "ready"])
    assert [each["people"] for each in added["entries"]] == [0, 0]

    assert names(said(capsys, "move", "2", "--first")[1]) == ["b", "a"]
    out = tmp_path / "out"
    out.mkdir()
    changed = said(capsys, "set", "1", "--folder", out, "--name", "mine", "--to", "0.5")
    assert changed[0] == Exit.DONE
    assert states(said(capsys, "render")[1]) == ["queued", "queued"]
    assert said(capsys, "set", "1", "--codec", "av1")[0] == Exit.USAGE
    assert states(said(capsys, "stop", "2")[1]) == ["queued", "ready"]

    status, ran = said(capsys, "run", "--workers", "1")
    assert (status, [line["state"] for line in ran]) == (Exit.DONE, ["done"])
    assert barcodes_of(out / "mine.mp4") == list(range(15))
    listed = said(capsys, "list")[1]
    assert states(listed) == ["done", "ready"]
    assert listed["entries"][0]["output"] == str(out / "mine.mp4")

    assert said(capsys, "render", "1")[0] == Exit.USAGE
    assert states(said(capsys, "render", "1", "--again")[1]) == ["queued", "ready"]
    assert names(said(capsys, "duplicate", "1")[1]) == ["b", "b", "a"]
    assert names(said(capsys, "remove", "1", "2")[1]) == ["a"]
    assert said(capsys, "run") == (Exit.DONE, [])


def test_entries_are_meant_by_number_id_or_its_start(home, clips, capsys):
    first, second = add(capsys, *clips)["entries"]
    assert names(said(capsys, "move", second["id"], "--before", first["id"])[1]) == ["b", "a"]
    assert names(said(capsys, "move", "1", "--last")[1]) == ["a", "b"]
    assert names(said(capsys, "move", second["id"][:22], "--by", "-1")[1]) == ["b", "a"]
    for typed in ("3", "0", "nonesuch", first["id"][:4]):
        status, error = said(capsys, "remove", typed)
        assert (status, error["reason"]) == (Exit.USAGE, "request_refused")
    assert len(read_entries(book_path(home))) == 2


def test_urgent_entries_go_before_the_others_until_they_are_so_no_more(home, clips, capsys):
    add(capsys, *clips)
    status, shown = said(capsys, "urgent", "2")
    assert (status, names(shown)) == (Exit.DONE, ["b", "a"])
    assert [each["urgent"] for each in shown["entries"]] == [True, False]
    status, shown = said(capsys, "add", clips[0], "--engine", "identity", "--no-look", "--urgent")
    assert (status, names(shown)) == (Exit.DONE, ["b", "a", "a"])
    assert [each["urgent"] for each in shown["entries"]] == [True, True, False]
    assert names(said(capsys, "urgent", "1", "--off")[1]) == ["a", "b", "a"]
    assert main(["queue", "list"]) == 0
    assert "new, urgent" in capsys.readouterr().out


def test_who_is_cast_is_checked_against_who_is_there(home, clips, capsys):
    add(capsys, clips[0])
    assert said(capsys, "cast", "1", "p1=nobody")[0] == Exit.USAGE
    assert said(capsys, "cast", "1", "rubbish")[0] == Exit.USAGE
    status, shown = said(capsys, "cast", "1", "--nobody", "p1")
    assert (status, shown["entries"][0]["casts"]) == (Exit.DONE, [])
    said(capsys, "add", clips[1])
    status, error = said(capsys, "cast", "2", "--nobody", "p7")
    assert (status, error["reason"]) == (Exit.USAGE, "request_refused")


def test_a_wish_that_cannot_be_is_refused_at_once(home, clips, capsys):
    assert said(capsys, "add", clips[0], "--engine", "magic")[0] == Exit.USAGE
    assert read_entries(book_path(home)) == ()
    add(capsys, clips[0])
    assert said(capsys, "set", "1", "--set", "nothing=1")[0] == Exit.USAGE
    said(capsys, "set", "1", "--quality", "30", "--hardware", "--container", "mkv")
    (entry,) = read_entries(book_path(home))
    output = entry.output
    assert (output.quality, output.hardware, output.container) == (30, True, "mkv")
    said(capsys, "set", "1", "--defaults", "--no-hardware", "--engine", "identity")
    assert read_entries(book_path(home))[0].output.quality is None


def test_a_paused_queue_does_not_run(home, clips, capsys):
    add(capsys, clips[0])
    assert said(capsys, "pause")[1]["paused"]
    status, error = said(capsys, "run")
    assert (status, error["reason"]) == (Exit.USAGE, "request_refused")
    assert not said(capsys, "go-on")[1]["paused"]


CHANGES = [
    ("add", "clip.mp4", "--no-look"), ("add", "clip.mp4"), ("cast", "1", "p1=grace"),
    ("remove", "1"), ("move", "1", "--last"), ("render",), ("pause",), ("go-on",), ("stop",),
    ("retry",), ("duplicate", "1"), ("set", "1", "--codec", "av1"), ("run",),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=" ".join)
def test_while_a_window_has_the_queue_it_can_be_seen_and_not_changed(home, clips, capsys, change):
    add(capsys, clips[0])
    before = read_entries(book_path(home))
    with closing(Book(book_path(home))):
        status, error = said(capsys, *change)
        assert (status, error["reason"]) == (Exit.FAILED, "queue_busy")
        assert error["advice"]
        assert names(said(capsys, "list")[1]) == ["a"]
    assert read_entries(book_path(home)) == before


def test_a_queue_that_cannot_be_read_is_said_and_left(home, capsys):
    book_path(home).write_bytes(b"rubbish" * 1000)
    for action in (("list",), ("pause",), ("run",), ("render",)):
        status, error = said(capsys, *action)
        assert (status, error["reason"]) == (Exit.FAILED, "queue_broken")
    assert book_path(home).read_bytes() == b"rubbish" * 1000


def test_what_failed_is_told_and_can_be_tried_again(home, clips, capsys, tmp_path):
    said(capsys, "add", clips[0], "--engine", "identity", "--folder", tmp_path / "none")
    said(capsys, "render")
    status, (line,) = said(capsys, "run")
    assert (status, line["state"]) == (Exit.FAILED, "failed")
    assert str(tmp_path / "none") in line["trouble"]["sentence"]
    (tmp_path / "none").mkdir()
    assert states(said(capsys, "retry")[1]) == ["queued"]
    assert said(capsys, "run")[0] == Exit.DONE


def test_people_read_a_table_in_which_names_are_not_markup(home, clips, capsys, tmp_path):
    assert main(["queue", "list"]) == Exit.DONE
    assert "queue add" in capsys.readouterr().out
    (tmp_path / "none.mp4").write_text("no video")
    assert main(["queue", "add", str(clips[0]), str(tmp_path / "none.mp4")]) == Exit.REFUSED
    shown = capsys.readouterr().out
    assert "a [red].mp4" in shown
    assert "2: " in shown
    main(["queue", "render", "1"])
    assert main(["queue", "run"]) == Exit.FAILED
    assert "Nobody is cast" in capsys.readouterr().out


def test_the_option_for_machines_can_stand_before_the_action(home, capsys):
    assert main(["queue", "--json", "list"]) == Exit.DONE
    assert json.loads(capsys.readouterr().out)["result"]["entries"] == []


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for another process there")
def test_ctrl_c_lets_the_render_rest_and_the_next_run_goes_on(home, tmp_path, capsys):
    clip = make_clip(tmp_path / "long.mp4", frames=900)
    said(capsys, "add", clip, "--engine", "identity")
    said(capsys, "render")
    process = subprocess.Popen(
        [sys.executable, "-m", "orchestrator.cli.main", "queue", "run", "--workers", "1", "--json"],
        cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip
    for line in process.stdout:
        progress = json.loads(line).get("progress", {})
        if progress.get("of", "").startswith("rendering") and progress["done"] > 0:
            process.send_signal(signal.SIGINT)
            break
    rest = process.stdout.read()
    process.stdout.close()
    assert process.wait(60) == Exit.STOPPED, rest
    (entry,) = read_entries(book_path(home))
    job = entry.job_id
    assert states(said(capsys, "list")[1]) == ["queued"]
    assert said(capsys, "run")[0] == Exit.DONE
    (entry,) = read_entries(book_path(home))
    assert (entry.state, entry.job_id) == ("done", job)
    assert 0 < entry.result.rendered_frames < 900
    assert barcodes_of(entry.result.output_path) == list(range(900))


def test_videos_in_which_nobody_is_cast_are_not_put_in_line_with_all_others(home, clips, capsys):
    said(capsys, "add", clips[0])
    said(capsys, "add", clips[1], "--engine", "identity")
    assert states(said(capsys, "render")[1]) == ["ready", "queued"]
    assert states(said(capsys, "render", "1")[1]) == ["queued", "queued"]
