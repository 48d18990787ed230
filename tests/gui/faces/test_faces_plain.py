"""What is decided about faces without a window."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from casting_samples import CONSENT, digest, video
from PIL import Image

from gui.faces.consent import ConsentDraft, missing, stated, who_stated_last
from gui.faces.crop import cut_out, part_of
from gui.faces.views import FaceView, name_from, uses
from orchestrator.desk.entries import EntryCast
from orchestrator.sources import BASES, DEMO_STATED_BY, SourceFace, require_consent, statement
from remote_worker.contract.records import Box

WHOLE = ConsentDraft(name="Grace", stated_by="Ada", basis="self", agreed=True)
NOON = datetime(2026, 3, 1, 14, 0, tzinfo=timezone(timedelta(hours=2)))


def face(**more):
    made = SourceFace(face_id="f", name="Grace", photos=(digest("x"),), consent=CONSENT)
    return replace(made, **more)


def view(hints=((),), paths=(Path("x.png"),), **more):
    return FaceView(face(**more), paths, hints)


@pytest.mark.parametrize(
    ("without", "lacks"),
    [
        ({"name": " "}, ("name",)),
        ({"basis": None}, ("basis",)),
        ({"stated_by": ""}, ("stated_by",)),
        ({"agreed": False}, ("agreed",)),
        ({"name": "", "agreed": False}, ("name", "agreed")),
    ],
)
def test_a_statement_that_lacks_something_is_none(without, lacks):
    draft = replace(WHOLE, **without)
    assert missing(draft) == lacks
    assert stated(draft, NOON) is None


@pytest.mark.parametrize("basis", BASES)
def test_a_whole_statement_counts_and_holds_the_words_that_were_shown(basis):
    consent = stated(replace(WHOLE, basis=basis, note=" for the film "), NOON)
    assert consent.statement == statement(basis)
    assert consent.stated_at == "2026-03-01T12:00:00+00:00"
    assert consent.note == "for the film"
    require_consent(face(consent=consent))


def test_who_stated_last_is_offered_for_the_next_statement():
    old = replace(CONSENT, stated_by="Berta", stated_at="2025-01-01T00:00:00+00:00")
    faces = [face(consent=CONSENT), face(consent=old), face(consent=None)]
    assert who_stated_last(faces) == "Ada"
    assert who_stated_last([face(consent=None)]) == ""
    own = replace(CONSENT, stated_by=DEMO_STATED_BY, stated_at="2027-01-01T00:00:00+00:00")
    assert who_stated_last([*faces, face(consent=own)]) == "Ada"


def test_a_face_says_what_it_lacks():
    assert view().lack == ""
    assert view(consent=None).lack == "consent"
    assert view(consent=replace(CONSENT, statement="yes")).lack == "consent"
    assert view(paths=()).lack == "photos"


def test_a_good_photo_makes_up_for_a_poor_one():
    assert view(hints=(("too_dark", "turned"), ("turned",))).all_hints == ("turned",)
    assert view(hints=(("too_dark",), ())).all_hints == ()


def test_a_face_counts_where_it_is_cast():
    cast = (EntryCast(person_id="p1", face_id="f"),)
    entries = [
        video("a", casts=cast),
        video("b", "done", casts=cast),
        video("c", "queued", casts=cast),
        video("d"),
    ]
    used = uses(entries, "f")
    assert (used.drafts, used.busy) == (2, 1)


def test_a_face_is_called_by_its_photo():
    assert name_from(Path("/x/grace_hopper-1.jpg")) == "Grace hopper 1"


def test_the_part_around_a_face_holds_no_other_faces_middle():
    left, right = Box(0, 0.1, 0.2, 0.4, 0.7), Box(0, 0.45, 0.2, 0.7, 0.7)
    part = part_of([left, right], 0)
    assert part[0] <= left.left
    assert part[2] >= left.right
    assert part[2] < (right.left + right.right) / 2


def test_a_face_at_the_edge_is_cut_out_within_the_photo(tmp_path):
    Image.new("RGB", (100, 80), "white").save(tmp_path / "in.png")
    cut_out(tmp_path / "in.png", [Box(0, 0.9, 0.9, 1.0, 1.0)], 0, tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as image:
        assert min(image.size) > 8


def test_now_is_a_moment_in_utc():
    consent = stated(WHOLE, datetime.now(UTC))
    assert consent.stated_at.endswith("+00:00")
