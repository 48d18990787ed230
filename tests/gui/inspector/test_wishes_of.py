"""What the inspector decides without a window."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from casting_samples import CONSENT, card, digest, seat, two_videos, video

from gui.faces.views import FaceView
from gui.inspector.encoders import CODECS, encoder_for, find_encoders, fits, within
from gui.inspector.engine_settings import CLASSIC, Choice, Slide, value_of, with_value
from gui.inspector.wishes import (
    MIXED,
    Lacking,
    bounded,
    common,
    lacking,
    renderable,
    role_of,
    roles,
    with_output,
    with_preset,
    with_setting,
    with_stretch,
)
from orchestrator.desk.entries import EntryCast, Look, Output
from orchestrator.sources import SourceFace
from remote_worker.engines.classic.settings import written_out

BLEND = CLASSIC[0]
CAST = EntryCast(person_id="p1", face_id="f")


def face(consent=CONSENT, paths=(Path("x.png"),)):
    made = SourceFace(face_id="f", name="Grace", photos=(digest("x"),), consent=consent)
    return {"f": FaceView(made, paths, ((),))}


def test_the_settings_that_are_offered_are_those_of_the_engine():
    assert dict(written_out({})) == {setting.name: setting.usual for setting in CLASSIC}


@pytest.mark.parametrize("setting", CLASSIC, ids=lambda setting: setting.name)
def test_every_value_that_can_be_set_is_taken_by_the_engine_and_no_other(setting):
    if isinstance(setting, Choice):
        for choice in setting.choices:
            assert dict(written_out({setting.name: choice}))[setting.name] == choice
        return
    assert isinstance(setting, Slide)
    for number in (setting.low, setting.high):
        written_out({setting.name: repr(number)})
    for number in (setting.low - 0.01, setting.high + 0.01):
        with pytest.raises(ValueError, match=setting.name):
            written_out({setting.name: repr(number)})


def test_a_usual_value_is_not_written_down():
    look = with_value(Look(), BLEND, "0.5")
    assert look.settings == (("blend", "0.5"),)
    assert value_of(look, BLEND) == "0.5"
    assert with_value(look, BLEND, "1.0") == Look()


def test_a_value_is_kept_in_its_range_and_one_spelling():
    assert with_value(Look(), BLEND, "0.50000").settings == (("blend", "0.5"),)
    assert with_value(Look(), BLEND, "-3").settings == (("blend", "0.0"),)
    assert with_value(Look(), CLASSIC[1], "nonsense") == Look()


def test_roles_are_who_is_seen_longest_first_and_the_unsure_last():
    snapshot = two_videos()
    found = roles(snapshot.cards, snapshot.entries)
    assert [role.number for role in found] == [1, 2, 3]
    assert [role.unsure for role in found] == [False, False, True]
    assert found[0].seconds == 14.0
    assert role_of(found, "p2").number == 2


def test_roles_are_of_the_selected_videos_only():
    snapshot = two_videos()
    found = roles(snapshot.cards, snapshot.entries[1:])
    assert [(role.number, len(role.seats)) for role in found] == [(1, 1), (3, 1)]


@pytest.mark.parametrize(
    ("entries", "faces", "lack"),
    [
        ((), face(), Lacking("nothing")),
        ((video("a", "new"),), face(), Lacking("looking")),
        ((video("a", "refused"),), face(), Lacking("refused")),
        ((video("a", "queued", casts=(CAST,)),), face(), Lacking("busy")),
        ((video("a"),), face(), Lacking("face")),
        ((video("a", casts=(CAST,)), video("b")), face(), Lacking("other")),
        ((video("a", casts=(CAST,)),), {}, Lacking("face_gone", "f")),
        ((video("a", casts=(CAST,)),), face(consent=None), Lacking("consent", "f")),
        ((video("a", casts=(CAST,)),), face(paths=()), Lacking("photos", "f")),
        ((video("a", casts=(CAST,)),), face(), Lacking("")),
    ],
)
def test_what_is_missing_before_a_render_is_said(entries, faces, lack):
    assert lacking(entries, roles(two_videos().cards, entries), faces) == lack


def test_a_video_with_unsure_faces_alone_has_nobody_to_replace():
    entries = (video("a"),)
    only_unsure = roles((card(1, seat("a", "p1", unsure=True)),), entries)
    assert lacking(entries, only_unsure, face()) == Lacking("nobody")


def test_only_drafts_with_a_cast_begin():
    entries = (
        video("a", casts=(CAST,)),
        video("b"),
        video("c", "done", casts=(CAST,)),
        video("d", "queued", casts=(CAST,)),
        video("e", "failed", casts=(CAST,)),
    )
    assert renderable(entries) == ("a", "e")


def test_what_differs_is_mixed():
    assert common([1, 1]) == 1
    assert common([1, 2]) is MIXED


def test_one_setting_of_several_videos_changes_and_the_rest_stays_theirs():
    entries = (
        video("a", look=Look(settings=(("sharpness", "0.5"),))),
        video("b"),
        video("c", "rendering"),
    )
    changed = with_setting(entries, {"a", "b", "c"}, BLEND, "0.5")
    assert [entry.look.settings for entry in changed] == [
        (("blend", "0.5"), ("sharpness", "0.5")),
        (("blend", "0.5"),),
        (),
    ]


def test_a_preset_keeps_folders_and_names():
    entries = (video("a", output=Output(folder="/out", name="mine")),)
    (entry,) = with_preset(entries, {"a"}, Look(), Output(codec="h265", folder="/x", name="y"))
    assert entry.output == Output(codec="h265", folder="/out", name="mine")


def test_one_thing_of_the_output_changes_and_the_rest_stays_theirs():
    entries = (video("a", output=Output(codec="h265")), video("b"))
    changed = with_output(entries, {"a", "b"}, lambda o: replace(o, container="mkv"))
    assert [(e.output.codec, e.output.container) for e in changed] == [
        ("h265", "mkv"),
        ("h264", "mkv"),
    ]


def test_a_stretch_is_put_last_so_that_it_wins():
    stretch = with_stretch((CAST,), "p1", "g", Fraction(1), Fraction(2))
    assert stretch[0] == CAST
    assert (stretch[1].face_id, stretch[1].start, stretch[1].end) == ("g", 1, 2)


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [(1, 2, (1, 2)), (-1, 99, (0, 10)), (2, 2, None), (3, 1, None), (11, 12, None)],
)
def test_a_stretch_lies_within_the_video(start, end, kept):
    assert bounded(Fraction(start), Fraction(end), Fraction(10)) == kept


def test_every_codec_has_a_software_encoder_and_hardware_only_if_it_opens():
    encoders = find_encoders()
    assert {each.codec for each in encoders if not each.hardware} == set(CODECS)
    usual = encoder_for(encoders, Output())
    assert usual.preset in usual.presets
    assert usual.lowest <= usual.quality <= usual.highest
    assert within(usual, 999) == usual.highest
    assert within(usual, -5) == usual.lowest


def test_a_quicktime_file_holds_no_av1():
    assert not fits("av1", "mov")
    assert fits("av1", "mkv")
    assert fits("h264", "mov")
