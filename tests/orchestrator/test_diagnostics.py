"""A diagnostics bundle helps and gives nothing away: canaries are hidden and looked for."""

from __future__ import annotations

import json
import logging
import threading
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from orchestrator.crash import write_report
from orchestrator.desk.book import Book
from orchestrator.desk.entries import Entry, EntryId, Output, Trouble
from orchestrator.diagnostics import bundle_name, collect, write_bundle
from orchestrator.errors import NotSaved
from orchestrator.events import Begun, Fault, LeaseId, LeaseLost, StagingFailed
from orchestrator.home import Home
from orchestrator.logbook import Logbook
from orchestrator.media.guard import Cancelled
from orchestrator.settings import Settings, WatchFolder
from tests.fakes.planned_jobs import enter_job

PRIVATE = {
    "access key": "AKIAIOSFODNN7EXAMPLE",
    "secret key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "token": "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
    "password": "correct-horse-battery",
    "video": "Marriage of Ophelia",
    "output": "Ophelia final cut",
    "client": "ClientNimbus",
    "face": "Auntie Wilhelmina",
    "person": "Petronella in red",
    "stated by": "Bartholomew Quill",
    "user": "jacquetta",
    "photo": "passport-scan",
    "影片": "婚礼影片",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A storage folder below a home folder, with every canary in every place it can get to."""
    user_home = tmp_path / PRIVATE["user"]
    monkeypatch.setenv("HOME", str(user_home))
    monkeypatch.setenv("USERPROFILE", str(user_home))
    monkeypatch.setenv("USER", PRIVATE["user"])
    monkeypatch.setenv("LOGNAME", PRIVATE["user"])
    for number, value in enumerate(PRIVATE.values()):
        monkeypatch.setenv(f"CANARY_{number}", value)
    home = Home(user_home / "Second Unit")
    home.root.mkdir(parents=True)
    fill(home, user_home)
    return home


def fill(home: Home, user_home: Path) -> None:
    folder = user_home / "Films" / PRIVATE["client"]
    source = f"{folder}/{PRIVATE['video']}.mp4"
    output = f"{folder}/{PRIVATE['output']}.mp4"
    words = f"{PRIVATE['video']} of {source} with {PRIVATE['access key']}"
    enter_job(
        home,
        "20260101-100000-aaaa",
        source=source,
        output=output,
        events=(
            Begun(2),
            LeaseLost(LeaseId("l1")),
            LeaseLost(LeaseId("l2")),
            StagingFailed(Fault("disk_full", words, words)),
        ),
    )
    enter_job(home, "20260101-090000-cccc", source=f"{folder}/{PRIVATE['影片']}.mov")
    book = Book(home.root / "desk.sqlite")
    book.write([
        Entry(
            entry_id=EntryId("e1"),
            source=source,
            added_at="2026-01-01T10:00:00+00:00",
            state="failed",
            output=Output(folder=str(folder), name=PRIVATE["output"]),
            trouble=Trouble("no_room", words, words),
        )
    ])  # fmt: skip
    book.write_note("put_right", json.dumps({"names": {"e1/p1": PRIVATE["person"]}}))
    book.close()
    (home.faces / "f1").mkdir()
    face = {
        "name": PRIVATE["face"],
        "consent": {"stated_by": PRIVATE["stated by"], "basis": "self", "note": PRIVATE["photo"]},
    }
    (home.faces / "f1" / "face.json").write_text(json.dumps(face), "utf-8")
    told = "\n".join(f"{name} is {value}" for name, value in PRIVATE.items())
    told += f"\n{source}\n{source!r}\n{json.dumps(source)}\n{output}\n{words}\n{home.root}\n"
    write_report(home, RuntimeError(told))
    logbook = Logbook(home)
    logging.getLogger("orchestrator.test").warning("it says: %s", told)
    logbook.close()


def settings_of(home: Home) -> Settings:
    return Settings(
        output_folder=str(home.root.parent / PRIVATE["client"]),
        when_done_command=("curl", "-H", PRIVATE["token"], PRIVATE["password"]),
        watch_folders=(WatchFolder(path=f"/mnt/{PRIVATE['client']}", preset="Balanced"),),
        workers=3,
    )


def nobody(done: int, total: int) -> None:
    del done, total


def test_no_canary_is_in_the_bundle(home: Home, tmp_path: Path) -> None:
    to = tmp_path / bundle_name(datetime(2026, 1, 1))  # noqa: DTZ001  # only its name
    names = write_bundle(home, settings_of(home), to, nobody)
    with zipfile.ZipFile(to) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert set(texts) == set(names)
    hits = [
        (where, what)
        for where, text in texts.items()
        for what, value in PRIVATE.items()
        for spelling in (value, json.dumps(value)[1:-1])
        if spelling.casefold() in (where + text).casefold()
    ]
    assert hits == []
    assert str(home.root.parent).casefold() not in "".join(texts.values()).casefold()


def test_what_helps_is_in_the_bundle(home: Home) -> None:
    pages = {page.name: page.text for page in collect(home, settings_of(home), nobody)}
    about, (_, job) = json.loads(pages["about.json"]), json.loads(pages["jobs.json"])
    assert about["packages"]["secondunit"] == "0.1.0"
    assert job["events"] == ["Begun x1", "LeaseLost x2", "StagingFailed(disk_full) x1"]
    assert (job["picture"], job["frames"], job["phase"]) == ("96x64", 300, "failed")
    assert json.loads(pages["queue.json"]) == {"states": {"failed": 1}, "troubles": {"no_room": 1}}
    assert json.loads(pages["settings.json"])["workers"] == 3
    assert any(finding["name"] == "storage" for finding in json.loads(pages["health.json"]))
    (crash,) = (text for name, text in pages.items() if name.startswith("crashes/"))
    assert "RuntimeError" in crash
    assert "orchestrator.test: it says" in pages["logs/secondunit.log.txt"]


def test_a_home_that_is_empty_or_damaged_still_gives_a_bundle(tmp_path: Path) -> None:
    home = Home(tmp_path)
    (home.root / "desk.sqlite").write_bytes(b"no database" * 200)
    (home.jobs / "20260101-100000-bbbb").mkdir()
    (home.jobs / "20260101-100000-bbbb" / "job.json").write_bytes(b"{")
    (home.jobs / "20260101-100000-bbbb" / "journal.jsonl").write_bytes(b"5 x torn\nmore\n")
    (home.crashes / "x.txt").write_bytes(b"\xff\xfe" * 10)
    pages = {page.name: page.text for page in collect(home, Settings(), nobody)}
    assert not any(name.startswith("failed-") for name in pages)
    assert json.loads(pages["jobs.json"]) == [
        {"job": "20260101-100000-bbbb", "unreadable": "job_missing", "events": "JournalBroken"}
    ]


def test_a_part_that_fails_is_told_and_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(f"no {PRIVATE['access key']} here")

    monkeypatch.setattr("orchestrator.diagnostics.examine", broken)
    pages = {page.name: page.text for page in collect(Home(tmp_path), Settings(), nobody)}
    assert pages["failed-RuntimeError.txt"] == "RuntimeError: no [secret] here\n"
    assert "about.json" in pages


def test_long_logs_are_cut_at_a_line(tmp_path: Path) -> None:
    home = Home(tmp_path)
    lines = [f"line {number}" for number in range(60_000)]
    (home.logs / "secondunit.log").write_text("\n".join(lines), "utf-8")
    pages = {page.name: page.text for page in collect(home, Settings(), nobody)}
    kept = pages["logs/secondunit.log.txt"].splitlines()
    assert kept == lines[-len(kept) :]
    assert 10_000 < len(kept) < 60_000


def test_a_bundle_that_cannot_be_written_or_is_given_up_leaves_nothing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    with pytest.raises(NotSaved):
        write_bundle(home, Settings(), tmp_path / "nowhere" / "x.zip", nobody)
    given_up = threading.Event()
    with pytest.raises(Cancelled):
        write_bundle(
            home, Settings(), tmp_path / "x.zip", lambda done, total: given_up.set(), given_up
        )
    assert [path.name for path in tmp_path.iterdir()] == ["home"]
