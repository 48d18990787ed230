"""Look at two talking portraits once, for the tests that show them with a face put on."""

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from orchestrator.demo.footage import HOPPER, demo_portrait, make_footage
from orchestrator.desk.entries import Entry, EntryCast, EntryId
from orchestrator.desk.shelf import Shelf, facts_of
from orchestrator.home import Home
from orchestrator.prepare import faces_of, require_allowed_content
from orchestrator.sources import Consent, statement

FRAMES = 75


def consent():
    return Consent(
        stated_by="Ada",
        basis="licensed",
        statement=statement("licensed"),
        stated_at="2026-01-01T00:00:00+00:00",
    )


@pytest.fixture(scope="session")
def studio(tmp_path_factory):
    """Return a home in which a clip of two people was scanned and one face has consent."""
    folder = tmp_path_factory.mktemp("studio")
    home = Home(folder / "home")
    home.root.mkdir()
    clip, photo = make_footage(folder / "two.mp4", frames=FRAMES), folder / "hopper.jpg"
    photo.write_bytes(demo_portrait(HOPPER))
    shelf = Shelf(home)
    seen = shelf.seen(clip)
    scan = shelf.find(seen, lambda done, total: None, threading.Event())
    require_allowed_content(home, seen, lambda done, total: None)
    face = faces_of(home).add("Grace", [photo], consent())
    return SimpleNamespace(
        home=home, shelf=shelf, clip=Path(clip), seen=seen, scan=scan, face=face, photo=photo
    )


@pytest.fixture
def entry_of(studio):
    """Return what makes an entry of the studio's clip, cast as said."""

    def entry(*casts, **more):
        return Entry(
            entry_id=EntryId("e1"),
            source=str(studio.clip),
            added_at="2026-01-01T00:00:00+00:00",
            state="ready",
            facts=facts_of(studio.seen.report, studio.scan),
            casts=tuple(EntryCast(**cast) for cast in casts),
            **more,
        )

    return entry
