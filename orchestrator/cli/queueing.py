"""Do with the window's queue, from a terminal, what the window does with it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.queue_run import look_at, run
from orchestrator.cli.render import cast_of, setting_of
from orchestrator.cli.report import Reporter, table
from orchestrator.desk import changes
from orchestrator.desk.book import book_path, is_held, read_entries, read_note
from orchestrator.desk.changes import Change, Entries
from orchestrator.desk.desk import new_entries
from orchestrator.desk.entries import DRAFT, Entry, EntryCast, EntryId, Look, Output, Trouble
from orchestrator.desk.line import PAUSED_NOTE, Line
from orchestrator.desk.naming import new_entry_ids
from orchestrator.desk.shelf import Shelf
from orchestrator.engines import needs_cast
from orchestrator.errors import QueueBroken, QueueBusy, RequestRefused
from orchestrator.home import Home
from orchestrator.licences import accept, to_accept
from orchestrator.named import named_face
from orchestrator.prepare import engine_spec, faces_of
from orchestrator.settings_file import load

_OUTPUT = ("folder", "name", "container", "codec", "quality", "preset", "hardware")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One entry as a list shows it."""

    number: int
    id: EntryId
    state: str
    source: str
    people: int | None
    casts: tuple[tuple[str, str], ...]
    """Person and name of the face, or its id when it was removed."""
    output: str | None
    """The finished video; None until there is one."""
    trouble: Trouble | None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class QueueLines:
    """The queue as a list shows it."""

    paused: bool
    entries: tuple[EntryLine, ...]


def queue(asked: Namespace, reporter: Reporter) -> Exit:
    """Do what is asked of the queue, and show it."""
    home = Home.default()
    if asked.action == "run":
        return run(home, asked.workers, reporter)
    added: frozenset[EntryId] = frozenset()
    if asked.action == "add":
        added = _add(home, asked, reporter)
    elif asked.action in ("pause", "go-on"):
        with _line(home) as line:
            line.set_paused(paused=asked.action == "pause")
    elif asked.action != "list":
        with _line(home) as line:
            line.change(asked.action, _CHANGES[asked.action](home, line.entries, asked))
    refused = {e.entry_id for e in _show(home, reporter) if e.state == "refused"}
    return Exit.REFUSED if refused & added else Exit.DONE


@contextmanager
def _line(home: Home) -> Iterator[Line]:
    """Give the queue, to be changed.

    Raises:
        QueueBusy: a window or another command has it.
        QueueBroken: it cannot be read.
    """
    line = Line(book_path(home), lambda *_: None)
    line.open()
    try:
        why = line.trouble
        if why is not None:
            refused = QueueBroken if line.is_ours else QueueBusy
            raise refused(why.sentence, why.advice)
        yield line
    finally:
        line.close()


def _add(home: Home, asked: Namespace, reporter: Reporter) -> frozenset[EntryId]:
    new = tuple(
        replace(_wished(each, asked), urgent=asked.urgent) for each in new_entries(asked.videos)
    )
    _accept_licences(home, asked, new)
    with _line(home) as line:
        _require_files(asked.videos)
        before = _id_of(line.entries, asked.before) if asked.before is not None else None
        line.change("add", lambda entries: changes.added(entries, new, before))
    if not asked.no_look:
        look_at(home, [each.entry_id for each in new], reporter)
    return frozenset(each.entry_id for each in new)


def _require_files(videos: Collection[Path]) -> None:
    """Refuse what was mistyped before anything is put in the queue."""
    for video in videos:
        if video.is_dir():
            raise RequestRefused(
                f"{video} is a folder; nothing was put in the queue.",
                f"Name the videos in it, such as {video}/*.mp4.",
            )
        if not video.exists():
            raise RequestRefused(
                f"There is no file {video}; nothing was put in the queue.",
                "Check the name, and that the disk is connected.",
            )


def _cast(home: Home, entries: Entries, asked: Namespace) -> Change:
    entry = _entry_of(entries, asked.entry)
    _require_drafts([entry])
    library = faces_of(home)
    casts: dict[str, list[EntryCast]] = {person: [] for person in asked.nobody}
    for wished in map(cast_of, asked.casts):
        face = named_face(library, wished.face)
        cast = EntryCast(
            person_id=wished.person_id, face_id=face.face_id, start=wished.start, end=wished.end
        )
        casts.setdefault(wished.person_id, []).append(cast)
    _require_people(home, entry, casts)

    def change(now: Entries) -> Entries:
        for person, own in casts.items():
            now = changes.cast(now, entry.entry_id, person, own)
        return now

    return change


def _require_people(home: Home, entry: Entry, people: Collection[str]) -> None:
    looks = Shelf(home).people(entry.facts.digest, entry.corrections) if entry.facts else None
    known = [person.person_id for person in looks.scan.people] if looks else list(people)
    unknown = [person for person in people if person not in known]
    if unknown:
        raise RequestRefused(
            f"There is no person {unknown[0]!r} in {Path(entry.source).name}.",
            f"There are {', '.join(known) or 'none'}; 'secondunit faces' shows them.",
        )


def _remove(home: Home, entries: Entries, asked: Namespace) -> Change:
    del home
    ids = _ids_of(entries, asked.entries)
    return lambda now: changes.removed(now, ids)


def _move(home: Home, entries: Entries, asked: Namespace) -> Change:
    del home
    ids = _ids_of(entries, asked.entries)
    if asked.by is not None:
        return lambda now: changes.shifted(now, ids, asked.by)
    before = entries[0].entry_id if asked.first else None
    if asked.before is not None:
        before = _id_of(entries, asked.before)
    return lambda now: changes.moved(now, ids, before)


def _render(home: Home, entries: Entries, asked: Namespace) -> Change:
    del home
    ids = _ids_of(entries, asked.entries)
    again = ids if asked.again else ()
    _require_each(
        [e for e in entries if e.entry_id in ids],
        asked.entries,
        lambda e: e.state in changes.STARTABLE or e.state == "new" or e.entry_id in again,
        "Done entries need --again; 'secondunit queue retry' looks at refused ones once more.",
    )
    if not asked.entries:  # what cannot be rendered yet would only fail
        ids -= {each.entry_id for each in entries if _lacks_cast(each)}
    return lambda now: changes.queued(changes.again(now, again), ids)


def _lacks_cast(entry: Entry) -> bool:
    """Whether nobody is cast where somebody has to be; of a new video nobody knows yet."""
    look = entry.look
    return entry.state != "new" and not entry.casts and needs_cast(look.engine, look.settings)


def _stop(home: Home, entries: Entries, asked: Namespace) -> Change:
    del home
    ids = _ids_of(entries, asked.entries)
    return lambda now: changes.unqueued(now, ids)


def _retry(home: Home, entries: Entries, asked: Namespace) -> Change:
    del home
    ids = _ids_of(entries, asked.entries)
    went_wrong = {e.entry_id for e in entries if e.state in ("failed", "refused")}
    return lambda now: changes.retried(now, ids if asked.entries else ids & went_wrong)


def _duplicate(home: Home, entries: Entries, asked: Namespace) -> Change:
    del home
    ids = _ids_of(entries, asked.entries)
    names = new_entry_ids(len(ids))
    return lambda now: changes.duplicated(now, ids, names)


def _set(home: Home, entries: Entries, asked: Namespace) -> Change:
    ids = _ids_of(entries, asked.entries)
    drafts = [each for each in entries if each.entry_id in ids]
    _require_drafts(drafts)
    wished = {each.entry_id: _wished(each, asked, anew=asked.defaults) for each in drafts}
    _accept_licences(home, asked, tuple(wished.values()))

    def change(now: Entries) -> Entries:
        for name, wish in wished.items():
            now = changes.with_look(now, {name}, wish.look)
            now = changes.with_output(now, {name}, wish.output)
            now = changes.trimmed(now, name, wish.trim_in, wish.trim_out)
        return now

    return change


def _urgent(home: Home, entries: Entries, asked: Namespace) -> Change:
    del home
    ids = _ids_of(entries, asked.entries)
    _require_each(
        [e for e in entries if e.entry_id in ids],
        asked.entries,
        lambda e: e.state in changes.URGEABLE,
        "Only what is still to be rendered can be urgent.",
    )
    return lambda now: changes.urged(now, ids, urgent=not asked.off)


_CHANGES: dict[str, Callable[[Home, Entries, Namespace], Change]] = {
    "cast": _cast,
    "remove": _remove,
    "move": _move,
    "render": _render,
    "stop": _stop,
    "retry": _retry,
    "duplicate": _duplicate,
    "set": _set,
    "urgent": _urgent,
}


def _wished(entry: Entry, asked: Namespace, *, anew: bool = False) -> Entry:
    """Return ``entry`` with what is asked for its look, output and trim."""
    look, output = (Look(), Output()) if anew else (entry.look, entry.output)
    trim = (None, None) if anew else (entry.trim_in, entry.trim_out)
    given = {name: value for name in _OUTPUT if (value := getattr(asked, name)) is not None}
    if "folder" in given:
        given["folder"] = str(given["folder"].absolute())
    own = dict(look.settings) if asked.engine in (None, look.engine) else {}
    own.update(map(setting_of, asked.set))
    look = Look(engine=asked.engine or look.engine, settings=tuple(sorted(own.items())))
    engine_spec(look.engine, look.settings)  # what is wrong with it is said now
    return replace(
        entry,
        look=look,
        output=replace(output, **given),
        trim_in=asked.trim_in if asked.trim_in is not None else trim[0],
        trim_out=asked.trim_out if asked.trim_out is not None else trim[1],
    )


def _accept_licences(home: Home, asked: Namespace, entries: Entries) -> None:
    """Note that the labels of what entries use were agreed to, if that was said."""
    if asked.accept_licences:
        for look in {entry.look for entry in entries}:
            accept(home, to_accept(look.engine, look.settings, load(home).accepted_licences))


# -- which entries are meant ---------------------------------------------------------------


def _ids_of(entries: Entries, typed: Collection[str]) -> frozenset[EntryId]:
    """Return the entries that are meant; all when none is named."""
    if not typed:
        return frozenset(each.entry_id for each in entries)
    return frozenset(_id_of(entries, each) for each in typed)


def _id_of(entries: Entries, typed: str) -> EntryId:
    return _entry_of(entries, typed).entry_id


def _entry_of(entries: Entries, typed: str) -> Entry:
    if typed.isdecimal() and 1 <= int(typed) <= len(entries):
        return entries[int(typed) - 1]
    fitting = [each for each in entries if each.entry_id.startswith(typed)]
    if len(fitting) != 1:
        raise RequestRefused(
            f"There is no entry {typed!r} in the queue.",
            "'secondunit queue list' shows their numbers and ids.",
        )
    return fitting[0]


def _require_drafts(entries: Collection[Entry]) -> None:
    _require_each(
        entries,
        entries,
        lambda each: each.state in DRAFT or each.state == "new",
        "'secondunit queue stop' takes out of the line what waits or is rendered, and 'retry'"
        " looks again at what was refused.",
    )


def _require_each(
    entries: Collection[Entry],
    named: Collection[object],
    fits: Callable[[Entry], bool],
    advice: str,
) -> None:
    """Return when every entry fits, or when none was named and all are meant."""
    unfit = [each for each in entries if not fits(each)]
    if named and unfit:
        name = Path(unfit[0].source).name
        raise RequestRefused(f"That cannot be done with {name}: it is {unfit[0].state}.", advice)


# -- showing -------------------------------------------------------------------------------


def _show(home: Home, reporter: Reporter) -> Entries:
    entries = read_entries(book_path(home))
    if not is_held(book_path(home)):
        entries = changes.interrupted(entries)  # whoever rendered is gone
    faces = {face.face_id: face.name for face in faces_of(home).list()}
    lines = QueueLines(
        read_note(book_path(home), PAUSED_NOTE) == "yes",
        tuple(_entry_line(number, each, faces) for number, each in enumerate(entries, start=1)),
    )
    reporter.result(lines, lambda console: _print(console, lines))
    return tuple(entries)


def _entry_line(number: int, entry: Entry, faces: dict[str, str]) -> EntryLine:
    return EntryLine(
        number=number,
        id=entry.entry_id,
        state=entry.state,
        source=entry.source,
        people=entry.facts.people if entry.facts is not None else None,
        casts=tuple((c.person_id, faces.get(c.face_id, c.face_id)) for c in entry.casts),
        output=entry.result.output_path if entry.result is not None else None,
        trouble=entry.trouble,
        urgent=entry.urgent,
    )


def _print(console: Console, lines: QueueLines) -> None:
    if not lines.entries:
        console.print("The queue is empty; 'secondunit queue add' puts videos in it.")
        return
    rows = [
        (
            str(line.number),
            f"{line.state}, urgent" if line.urgent else line.state,
            Path(line.source).name,
            "" if line.people is None else str(line.people),
            ", ".join(f"{person}={face}" for person, face in line.casts),
            Path(line.output).name if line.output else "",
        )
        for line in lines.entries
    ]
    console.print(table("", ("", "state", "video", "people", "cast", "output"), rows))
    for line in lines.entries:
        if line.trouble is not None:
            said = f"{line.number}: {line.trouble.sentence} {line.trouble.advice}"
            console.print(said, markup=False)
    if lines.paused:
        console.print("The queue is paused; 'secondunit queue go-on' lets it go on.")
