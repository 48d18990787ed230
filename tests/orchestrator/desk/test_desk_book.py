"""The book holds whole writes or none, and never writes over what it does not understand."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from fractions import Fraction

import pytest

from orchestrator.desk import changes
from orchestrator.desk.book import VERSION, Book, read_entries, read_note
from orchestrator.desk.cards import Corrections
from orchestrator.desk.entries import EntryId, Look, Trouble
from orchestrator.desk.line import Line
from orchestrator.errors import QueueBroken, QueueBusy
from remote_worker.contract.records import JobId
from tests.orchestrator.desk.queue_entries import STATES, cast_as, entry, names


@pytest.fixture
def path(tmp_path):
    return tmp_path / "home" / "desk.sqlite"


def written(path, entries):
    with closing(Book(path)) as book:
        book.entries()
        book.write(entries)


def held(path):
    with closing(Book(path)) as book:
        return book.entries()


WISH = {"trim_in": Fraction(1, 3), "look": Look(settings=(("a", "b"),))}
ALL = tuple(
    entry(name, state, casts=cast_as("grace"), **WISH)
    for name, state in zip("abcdefghi", STATES, strict=True)
)


def test_entries_come_back_as_they_were_in_their_order(path):
    written(path, ALL)
    assert held(path) == ALL
    back = changes.moved(ALL, "ia", EntryId("e"))
    written(path, back)
    assert held(path) == back
    assert read_entries(path) == back


def test_removed_entries_stay_away_and_others_keep_their_order(path):
    written(path, ALL)
    with closing(Book(path)) as book:
        book.write(changes.removed(book.entries(), "aci"))
        book.write((*changes.removed(ALL, "aci")[::-1], entry("z")))
    assert names(held(path)) == "hgfedbz"


def test_one_entry_is_written_alone(path):
    written(path, ALL)
    with closing(Book(path)) as book:
        book.entries()
        book.write_one(replace(ALL[2], state="queued"))
    assert [each.state for each in held(path)][2:4] == ["queued", "queued"]
    assert names(held(path)) == names(ALL)


def test_an_entry_that_the_order_does_not_name_is_not_lost(path):
    written(path, ALL)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("DELETE FROM notes WHERE name = 'order'")
    assert sorted(names(held(path))) == sorted(names(ALL))


def test_notes_are_kept(path):
    with closing(Book(path)) as book:
        assert book.note("x") is None
        book.write_note("x", "one")
        book.write_note("x", "two")
    with closing(Book(path)) as book:
        assert book.note("x") == "two"
    assert read_note(path, "x") == "two"
    assert read_note(path, "y") is None


def test_jobs_are_remembered_until_they_are_forgotten(path):
    with closing(Book(path)) as book:
        first = entry("a", "stopped")
        book.write((first,))
        assert book.jobs_let_go() == set()
        book.write((replace(first, job_id=JobId("second")),))
        assert book.jobs_let_go() == {"job-a"}
        book.write(())
    with closing(Book(path)) as book:
        book.entries()
        assert book.jobs_let_go() == {"job-a", "second"}
        book.forget_jobs({JobId("job-a")})
    with closing(Book(path)) as book:
        book.entries()
        assert book.jobs_let_go() == {"second"}


def test_one_at_a_time_has_the_book_and_others_may_look(path):
    written(path, ALL)
    with closing(Book(path)):
        with pytest.raises(QueueBusy):
            Book(path)
        assert read_entries(path) == ALL
    assert held(path) == ALL


def test_another_process_is_kept_out_too(path):
    program = (
        "import sys; from pathlib import Path; from orchestrator.desk.book import Book\n"
        "Book(Path(sys.argv[1])).entries()"
    )
    with closing(Book(path)):
        ended = subprocess.run(
            [sys.executable, "-c", program, str(path)], capture_output=True, check=False, timeout=60
        )
    assert b"QueueBusy" in ended.stderr


def test_there_is_nothing_to_look_at_before_a_book_is_made(path):
    assert read_entries(path) == ()
    assert read_note(path, "x") is None
    assert not path.exists()


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_newer(path):
    written(path, ALL)
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"PRAGMA user_version = {VERSION + 1}")
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def make_rubbish(path):
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database at all " * 500)


def make_torn(path):
    written(path, ALL * 1)
    with closing(Book(path)) as book:
        book.entries()
        book.write(tuple(entry(f"{number:04}") for number in range(300)))
    data = bytearray(path.read_bytes())
    for at in range(8192, len(data), 4096):
        data[at : at + 1500] = b"\xff" * 1500
    path.write_bytes(bytes(data))


def make_unknown(path):
    written(path, ALL)
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("UPDATE entries SET body = '{\"of\": \"another world\"}' WHERE entry_id = 'c'")


def make_unknown_note(path):
    with closing(Book(path)) as book:
        book.write(ALL)
        book.write_note("put_right", "{}x")


BROKEN = [make_newer, make_rubbish, make_torn, make_unknown]


@pytest.mark.parametrize("make", BROKEN)
def test_what_cannot_be_understood_is_refused_in_words_and_left_as_it_is(path, make):
    make(path)
    before = digest(path)
    with pytest.raises(QueueBroken) as broken:
        held(path)
    assert path.name in broken.value.sentence
    assert str(path) in broken.value.advice
    with pytest.raises(QueueBroken):
        read_entries(path)
    assert digest(path) == before


@pytest.mark.parametrize("make", [*BROKEN, make_unknown_note])
def test_a_line_without_its_file_says_so_goes_on_and_writes_nothing(path, make):
    make(path)
    before = digest(path)
    line = line_of(path)
    assert line.entries == ()
    trouble = line.trouble
    assert trouble is not None
    line.change("add", lambda e: (*e, entry("x")))
    line.happened(EntryId("x"), lambda e: changes.refused(e, EntryId("x"), line.entries[0]))
    line.set_paused(paused=True)
    line.set_put_right(Corrections(alone=("a",)))
    line.undo()
    line.redo()
    assert names(line.entries) == "x"
    assert line.trouble == trouble
    line.close()
    assert digest(path) == before


def test_a_file_that_may_not_be_opened_is_told(tmp_path):
    (tmp_path / "desk.sqlite").mkdir()
    line = line_of(tmp_path / "desk.sqlite")
    assert line.trouble is not None
    (tmp_path / "file").write_text("in the way")
    line = line_of(tmp_path / "file" / "desk.sqlite")
    assert line.trouble is not None


# -- the line: the book and what is in memory ----------------------------------------------


def line_of(path, heard=None):
    line = Line(path, (lambda now, gone: heard.append((now, tuple(gone)))) if heard is not None
                else lambda now, gone: None)  # fmt: skip
    line.open()
    return line


class FullDisk(Book):
    """A book on a disk that is full while ``is_full``."""

    is_full = False

    def write(self, entries):
        self.fail_if_full()
        super().write(entries)

    def write_one(self, entry):
        self.fail_if_full()
        super().write_one(entry)

    def write_note(self, name, body):
        self.fail_if_full()
        super().write_note(name, body)

    def fail_if_full(self):
        if self.is_full:
            raise QueueBroken("The disk is full.", "Free some space.")


@pytest.fixture
def full(monkeypatch):
    monkeypatch.setattr("orchestrator.desk.line.Book", FullDisk)
    yield lambda *, is_full: setattr(FullDisk, "is_full", is_full)
    FullDisk.is_full = False


def test_what_the_user_asks_is_refused_while_it_cannot_be_kept(path, full):
    line = line_of(path)
    line.change("add", lambda e: (*e, entry("a", "ready")))
    full(is_full=True)
    with pytest.raises(QueueBroken):
        line.change("render", lambda e: changes.queued(e, "a"))
    assert line.entries[0].state == "ready"
    assert line.history.undo_name == "add"
    full(is_full=False)
    line.change("render", lambda e: changes.queued(e, "a"))
    line.close()
    assert held(path)[0].state == "queued"


def test_what_happens_while_it_cannot_be_kept_is_caught_up_with(path, full):
    line = line_of(path)
    line.change("add", lambda e: (*e, entry("a", "queued"), entry("b")))
    full(is_full=True)
    line.happened(EntryId("a"), lambda e: changes.begun(e, EntryId("a")))
    assert line.trouble == Trouble("queue_broken", "The disk is full.", "Free some space.")
    line.happened(EntryId("a"), lambda e: changes.ended(e, EntryId("a"), "done"))
    line.catch_up()
    assert line.is_behind
    assert [each.state for each in line.entries] == ["done", "new"]
    full(is_full=False)
    line.catch_up()
    assert (line.is_behind, line.trouble) == (False, None)
    line.close()
    assert [each.state for each in held(path)] == ["done", "new"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on a file's size")
def test_a_write_that_the_disk_has_no_room_for_leaves_the_book_as_it_was(path):
    """The system itself refuses to let the file grow: every kind of write is cut short."""
    program = """
import resource, signal, sys
from pathlib import Path
from orchestrator.desk.book import Book
from orchestrator.errors import QueueBroken
from tests.orchestrator.desk.queue_entries import entry
book = Book(Path(sys.argv[1]))
book.write(tuple(entry(f"{n:03}") for n in range(3)))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    book.write(tuple(entry(f"{n:04}") for n in range(2000)))
except QueueBroken as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
book.write((entry("after"), *book.entries()))
book.close()
"""
    ended = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True, check=False, timeout=60, text=True,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "cannot be used" in ended.stdout
    assert [each.entry_id for each in held(path)] == ["after", "000", "001", "002"]


def test_a_line_tells_what_became_and_what_is_gone(path):
    heard = []
    line = line_of(path, heard)
    a, b = entry("a", "ready"), entry("b")
    line.change("add", lambda e: (a, b))
    line.change("remove", lambda e: changes.removed(e, "a"))
    line.happened(EntryId("b"), lambda e: changes.refused(e, EntryId("b"), None))
    line.happened(EntryId("gone"), lambda e: pytest.fail("nobody is there"))
    (started, added, gone, refused) = heard
    assert started == ([], ())
    assert added == ([(None, a), (None, b)], ())
    assert gone == ([], ("a",))
    assert [(old, new.state) for old, new in refused[0]] == [(b, "refused")]
    assert line.get(EntryId("b")) is line.entries[0]
    assert line.get(EntryId("a")) is None


def test_a_line_that_another_has_is_shown_and_not_changed_until_it_is_free(path):
    owner = line_of(path)
    owner.change("add", lambda e: (entry("a", "ready"),))
    other = line_of(path)
    assert names(other.entries) == "a"
    assert not other.is_ours
    for attempt in (
        lambda: other.change("remove", lambda e: ()),
        lambda: other.set_paused(paused=True),
        lambda: other.set_put_right(Corrections()),
    ):
        with pytest.raises(QueueBusy):
            attempt()
    owner.change("add", lambda e: (*e, entry("b")))
    other.open()
    assert names(other.entries) == "ab"
    owner.close()
    other.open()
    assert (other.is_ours, other.trouble) == (True, None)
    other.change("remove", lambda e: changes.removed(e, "a"))
    other.close()
    assert names(held(path)) == "b"


def test_what_was_being_rendered_is_known_after_a_new_start(path):
    written(path, ALL)
    line = line_of(path)
    assert line.interrupted == "e"
    assert line.get(EntryId("e")).state == "queued"
    assert names(line.entries) == names(ALL)
    line.set_paused(paused=True)
    line.set_put_right(Corrections(names={"k": "Ada"}))
    line.close()
    again = line_of(path)
    assert again.is_paused
    assert again.put_right == Corrections(names={"k": "Ada"})
    again.close()


def test_putting_people_right_is_taken_back_after_a_new_start(path):
    ada, both = Corrections(names={"k": "Ada"}), Corrections(names={"k": "Ada", "l": "Grace"})
    line = line_of(path)
    line.set_put_right(ada, "name")
    line.set_put_right(both, "name")
    line.close()
    again = line_of(path)
    again.put_right_back(Corrections(alone=("m",)))
    assert again.put_right == both
    again.put_right_back()
    again.put_right_back(Corrections())
    assert (again.put_right, again.put_right_steps) == (Corrections(), ())
    again.put_right_back()
    again.close()
    last = line_of(path)
    assert (last.put_right, last.put_right_steps) == (Corrections(), ())
    last.close()


def test_what_hangs_on_the_sessions_own_undo_is_not_offered_after_it(path):
    line = line_of(path)
    line.set_put_right(Corrections(names={"k": "Ada"}), "name")
    line.set_put_right(Corrections(alone=("k",)))
    for number in range(30):
        assert len(line.put_right_steps) == min(number, 20)
        line.set_put_right(Corrections(alone=(str(number),)), "part")
    line.close()
