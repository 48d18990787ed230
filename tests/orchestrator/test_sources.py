"""Source faces: kept whole or not at all, and rendered only with a stated consent."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from orchestrator.errors import ConsentMissing, ContentRefused, PhotoRefused, SourceFaceMissing
from orchestrator.sources import (
    Consent,
    PreparedPhoto,
    SourceFaces,
    require_consent,
    statement,
)

CONSENT = Consent(
    stated_by="Anna",
    basis="self",
    statement=statement("self"),
    stated_at="2026-01-31T12:00:00+00:00",
)


class Preparing:
    """Re-encodes photos as the guarded child does, and finds in them what a test says."""

    def __init__(self):
        self.found = PreparedPhoto(face_count=1, allowed=True)
        self.fails_at = None

    def __call__(self, photo: Path, to: Path) -> PreparedPhoto:
        with Image.open(photo) as image:
            image.convert("RGB").save(to)
        if self.fails_at == photo.name:
            raise OSError("No space left on device")
        return self.found


@pytest.fixture
def prepare():
    return Preparing()


@pytest.fixture
def faces(tmp_path, prepare):
    return SourceFaces(tmp_path / "faces", prepare)


@pytest.fixture
def photos(tmp_path):
    paths = [tmp_path / "one.jpg", tmp_path / "two.jpg"]
    for number, path in enumerate(paths):
        Image.new("RGB", (40, 30), (90 * number, 60, 30)).save(path)
    return paths


def test_a_face_is_found_again_with_its_photos_and_consent(faces, photos, tmp_path, prepare):
    face = faces.add("Anna", photos, CONSENT)
    again = SourceFaces(tmp_path / "faces", prepare)
    assert again.get(face.face_id) == face
    assert again.list() == (face,)
    assert [path.stem for path in again.photo_paths(face.face_id)] == list(face.photos)
    require_consent(face)


def test_the_same_photo_twice_is_kept_once(faces, photos):
    assert len(faces.add("Anna", [photos[0], photos[0]], CONSENT).photos) == 1


def test_a_draft_is_kept_and_never_rendered_until_consent_is_stated(faces, photos):
    draft = faces.add("Anna", photos, None)
    with pytest.raises(ConsentMissing, match="nobody has stated"):
        require_consent(draft)
    stated = faces.state_consent(draft.face_id, CONSENT)
    require_consent(faces.get(draft.face_id))
    assert stated.photos == draft.photos


@pytest.mark.parametrize(
    "changed",
    [
        {"stated_by": "  "},
        {"statement": "yes"},
        {"statement": ""},
        {"basis": "permission"},
        {"stated_at": "yesterday"},
        {"stated_at": "2026-01-31T12:00:00"},
        {"stated_at": "2026-01-31T12:00:00+02:00"},
        {"wording_version": 99},
    ],
)
def test_a_consent_that_is_not_a_full_statement_counts_as_none(faces, photos, changed):
    consent = replace(CONSENT, **changed)
    with pytest.raises(ConsentMissing):
        faces.add("Anna", photos, consent)
    assert faces.list() == ()
    draft = faces.add("Anna", photos, None)
    with pytest.raises(ConsentMissing):
        require_consent(replace(draft, consent=consent))
    with pytest.raises(ConsentMissing):
        faces.state_consent(draft.face_id, consent)


@pytest.mark.parametrize(("count", "said"), [(0, "No face"), (2, "2 faces")])
def test_a_photo_without_one_face_is_refused_and_nothing_kept(
    faces, photos, prepare, tmp_path, count, said
):
    prepare.found = PreparedPhoto(face_count=count, allowed=True)
    with pytest.raises(PhotoRefused, match=said) as caught:
        faces.add("Anna", photos, CONSENT)
    assert "one.jpg" in caught.value.sentence
    assert caught.value.advice
    assert list((tmp_path / "faces").iterdir()) == []


def test_the_largest_of_several_faces_is_taken_when_a_person_says_so(faces, photos, prepare):
    prepare.found = PreparedPhoto(face_count=3, allowed=True)
    assert faces.add("Anna", photos, CONSENT, take_largest=True).photos


def test_an_explicit_photo_is_refused(faces, photos, prepare, tmp_path):
    prepare.found = PreparedPhoto(face_count=1, allowed=False)
    with pytest.raises(ContentRefused):
        faces.add("Anna", photos, CONSENT)
    assert list((tmp_path / "faces").iterdir()) == []


def test_no_photo_is_refused(faces):
    with pytest.raises(PhotoRefused):
        faces.add("Anna", [], CONSENT)


def test_a_face_that_fails_halfway_leaves_nothing(faces, photos, prepare, tmp_path):
    prepare.fails_at = "two.jpg"
    with pytest.raises(OSError, match="No space"):
        faces.add("Anna", photos, CONSENT)
    assert list((tmp_path / "faces").iterdir()) == []


def test_a_removed_face_is_gone_with_its_photos(faces, photos, tmp_path):
    face = faces.add("Anna", photos, CONSENT)
    faces.remove(face.face_id)
    assert list((tmp_path / "faces").iterdir()) == []
    for ask in (faces.get, faces.remove, faces.photo_paths):
        with pytest.raises(SourceFaceMissing):
            ask(face.face_id)


def test_what_a_crash_left_of_a_removed_face_is_deleted_at_the_next_start(
    faces, photos, tmp_path, prepare
):
    face = faces.add("Anna", photos, CONSENT)
    home = tmp_path / "faces" / face.face_id
    home.rename(home.with_name(".removed-0"))
    assert faces.list() == ()
    SourceFaces(tmp_path / "faces", prepare)
    assert list((tmp_path / "faces").iterdir()) == []


def test_a_photo_that_was_changed_on_disk_is_not_handed_out(faces, photos):
    face = faces.add("Anna", photos, CONSENT)
    path = faces.photo_paths(face.face_id)[0]
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(SourceFaceMissing):
        faces.photo_paths(face.face_id)


def test_a_record_that_cannot_be_read_hides_that_face_only(faces, photos, tmp_path):
    good, bad = faces.add("Anna", photos, CONSENT), faces.add("Berta", photos, CONSENT)
    (tmp_path / "faces" / bad.face_id / "face.json").write_text("{")
    assert faces.list() == (good,)
    with pytest.raises(SourceFaceMissing):
        faces.get(bad.face_id)


@pytest.mark.parametrize("face_id", ["", "..", "../faces", "a/b", "A" * 32, "/etc"])
def test_an_id_that_is_none_reaches_no_file(faces, face_id):
    for ask in (faces.get, faces.remove, faces.photo_paths):
        with pytest.raises(SourceFaceMissing):
            ask(face_id)


def test_photos_are_added_to_a_face_and_taken_off_again(faces, photos, prepare, tmp_path):
    face = faces.add("Anna", photos[:1], CONSENT)
    prepare.found = PreparedPhoto(face_count=1, allowed=True, hints=("too_dark",))
    grown = faces.add_photos(face.face_id, [photos[1], photos[1]])
    assert len(grown.photos) == 2
    assert grown.consent == CONSENT
    assert [grown.hints_of(photo) for photo in grown.photos] == [(), ("too_dark",)]
    assert len(faces.photo_paths(face.face_id)) == 2
    less = faces.remove_photo(face.face_id, grown.photos[0])
    assert less.photos == grown.photos[1:]
    assert [path.stem for path in faces.photo_paths(face.face_id)] == list(less.photos)
    assert {path.name for path in (tmp_path / "faces" / face.face_id).iterdir()} == {
        "face.json",
        f"{less.photos[0]}.png",
    }


def test_the_last_photo_of_a_face_stays(faces, photos):
    face = faces.add("Anna", photos[:1], CONSENT)
    with pytest.raises(PhotoRefused, match="only photo"):
        faces.remove_photo(face.face_id, face.photos[0])
    assert faces.get(face.face_id) == face


def test_a_photo_that_cannot_be_added_leaves_the_face_as_it_was(faces, photos, prepare, tmp_path):
    face = faces.add("Anna", photos[:1], CONSENT)
    before = sorted(path.name for path in (tmp_path / "faces").rglob("*"))
    prepare.found = PreparedPhoto(face_count=0, allowed=True)
    with pytest.raises(PhotoRefused):
        faces.add_photos(face.face_id, [photos[1]])
    assert faces.get(face.face_id) == face
    assert sorted(path.name for path in (tmp_path / "faces").rglob("*")) == before


def test_a_licence_for_one_portrait_does_not_reach_to_another(faces, photos):
    licence = replace(CONSENT, basis="licensed", statement=statement("licensed"))
    face = faces.add("Anna", photos[:1], licence)
    assert faces.add_photos(face.face_id, photos[:1]).consent == licence
    assert faces.add_photos(face.face_id, photos[1:]).consent is None


def test_a_face_gets_another_name_and_keeps_the_rest(faces, photos):
    face = faces.add("Anna", photos, CONSENT)
    assert faces.rename(face.face_id, "Anne") == replace(face, name="Anne")
    assert faces.get(face.face_id).name == "Anne"


def test_a_note_is_kept_with_the_consent(faces, photos):
    consent = replace(CONSENT, note="For the film only; letter of 3 May.")
    face = faces.add("Anna", photos, consent)
    assert faces.get(face.face_id).consent == consent


def test_a_face_that_was_kept_before_there_were_hints_and_notes_is_still_read(
    faces, photos, tmp_path
):
    face = faces.add("Anna", photos, CONSENT)
    record = tmp_path / "faces" / face.face_id / "face.json"
    plain = json.loads(record.read_text())
    assert plain.pop("hints") == []
    assert plain["consent"].pop("note") == ""
    record.write_text(json.dumps(plain))
    assert faces.get(face.face_id) == face
    require_consent(faces.get(face.face_id))


def test_a_photo_that_was_checked_is_not_looked_at_again(faces, photos, prepare, tmp_path):
    checked = faces.check(photos[0])
    assert checked.found == prepare.found
    prepare.found = PreparedPhoto(face_count=0, allowed=True)
    face = faces.add("Anna", [checked.path], CONSENT)
    assert face.photos == (checked.digest,)
    faces.let_go([checked])
    assert [path.name for path in (tmp_path / "faces").iterdir()] == [face.face_id]


def test_a_checked_photo_that_was_changed_is_looked_at_again(faces, photos, prepare):
    checked = faces.check(photos[0])
    Image.new("RGB", (50, 50)).save(checked.path)
    prepare.found = PreparedPhoto(face_count=1, allowed=False)
    with pytest.raises(ContentRefused):
        faces.add("Anna", [checked.path], CONSENT)


def test_checking_an_explicit_photo_keeps_nothing(faces, photos, prepare, tmp_path):
    prepare.found = PreparedPhoto(face_count=1, allowed=False)
    with pytest.raises(ContentRefused):
        faces.check(photos[0])
    assert list((tmp_path / "faces").iterdir()) == []
