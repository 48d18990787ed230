"""The inspector as a person uses it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from casting_samples import (
    CONSENT,
    PreparingByColour,
    card,
    photo,
    seat,
    two_videos,
    video,
)
from fake_bridge import FakeBridge
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QSpinBox

from gui.cast.places import Places
from gui.cast.whereabouts import Whereabouts
from gui.faces.library import FaceLibrary
from gui.inspector.panel import InspectorPanel
from orchestrator import prepare
from orchestrator.desk.entries import EntryCast, Look, Output, Trouble
from orchestrator.desk.snapshot import DeskSnapshot, Doing
from orchestrator.home import Home
from orchestrator.media.report import Notice


@pytest.fixture(autouse=True)
def no_models(monkeypatch):
    monkeypatch.setattr(prepare, "prepare_photo", PreparingByColour())


@pytest.fixture
def bridge(tmp_path, qapp):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def library(bridge, tmp_path):
    made = FaceLibrary(bridge)
    made.load()
    made.add("Grace", [photo(tmp_path, "grace.png")], CONSENT)
    made.add("Undecided", [photo(tmp_path, "draft.png", "#fefefe")], None)
    return made


@pytest.fixture
def panel(bridge, library, qtbot):
    made = InspectorPanel(bridge, library)
    qtbot.addWidget(made)
    made.resize(340, 900)
    made.show()
    bridge.changed.connect(made.draw)
    bridge.show(two_videos())
    return made


@pytest.fixture
def full(panel, bridge):
    bridge.change_settings(lambda s: replace(s, simple=False))
    panel.look_at(("a",))
    return panel


def face(library, name="Grace"):
    return next(view.face_id for view in library.faces() if view.name == name)


def entry(bridge, name="a"):
    return bridge.snapshot.entry(name)


# -- simple ----------------------------------------------------------------------------------


def test_nothing_selected_says_what_to_do(panel):
    panel.look_at(())
    assert "Select a video" in panel._advice.text()
    assert not panel._render.isVisible()


def test_the_only_person_is_chosen_already_and_a_face_makes_it_renderable(panel, bridge, library):
    panel.look_at(("b",))
    assert panel._render.text() == "Choose a face first"
    assert not panel._render.isEnabled()
    panel._simple._list.face_chosen.emit(face(library))
    assert entry(bridge, "b").casts == (EntryCast(person_id="p1", face_id=face(library)),)
    assert panel._render.text() == "Render"
    panel._render.click()
    assert entry(bridge, "b").state == "queued"


def test_another_person_is_chosen_by_a_click_and_told(panel, bridge, library, qtbot):
    panel.look_at(("a",))
    with qtbot.waitSignal(panel.person_picked) as told:
        panel._simple._people[1].thumb.click()
    assert told.args == ["p2"]
    panel._simple.slot.face_dropped.emit(face(library))
    assert [cast.person_id for cast in entry(bridge).casts] == ["p2"]


def test_who_is_picked_on_the_stage_is_chosen(panel, bridge, library):
    panel.look_at(("a",))
    panel.highlight("p2")
    assert panel._simple._people[1].thumb.isChecked()
    assert not panel._simple._people[0].thumb.isChecked()
    panel.highlight(None)
    assert panel._simple._people[1].thumb.isChecked()


def test_a_face_without_consent_asks_for_it_where_it_is_used(panel, bridge, library):
    panel.look_at(("a",))
    panel._simple.slot.face_dropped.emit(face(library, "Undecided"))
    assert "Undecided" in panel._render.text()
    assert not panel._render.isEnabled()
    consent = panel._simple.consent
    assert consent.isVisible()
    consent.form().choose("permission")
    consent.form().stated_by.setText("Ada")
    consent.form().agreed.setChecked(True)
    consent.state()
    assert not consent.isVisible()
    assert panel._render.isEnabled()


def test_a_photo_dropped_on_the_slot_becomes_a_face_without_leaving(
    panel, bridge, library, tmp_path
):
    panel.look_at(("a",))
    panel._simple.slot.photos_dropped.emit((photo(tmp_path, "eileen.png"),))
    adding = panel._simple.intake.adding()
    assert panel._simple.intake.isVisible()
    adding._form.choose("self")
    adding._form.stated_by.setText("Eileen")
    adding._form.agreed.setChecked(True)
    adding._add.click()
    assert entry(bridge).casts[0].face_id == face(library, "Eileen")
    assert not panel._simple.intake.isVisible()
    assert panel._simple.slot.hasFocus(), "the keyboard goes on where the face is now"
    assert panel._render.isEnabled()


def test_a_face_is_taken_off_by_the_arrow_and_by_the_delete_key(panel, bridge, library, qtbot):
    panel.look_at(("a",))
    for take_off in (
        panel._simple._reset.click,
        lambda: qtbot.keyClick(panel._simple.slot, Qt.Key.Key_Delete),
    ):
        panel._simple.slot.face_dropped.emit(face(library))
        assert entry(bridge).casts
        take_off()
        assert entry(bridge).casts == ()


def test_several_videos_get_the_face_of_a_person_at_once(panel, bridge, library):
    panel.look_at(("a", "b"))
    panel._simple.slot.face_dropped.emit(face(library))
    assert [len(each.casts) for each in bridge.snapshot.entries] == [1, 1]
    assert "2 videos" in panel._render.text()


def test_a_removed_face_is_told(panel, bridge, library):
    panel.look_at(("a",))
    casts = (EntryCast(person_id="p1", face_id="gone"),)
    bridge.show(replace(two_videos(), entries=(video("a", casts=casts), video("b"))))
    assert "removed" in panel._simple.slot.words()[0]
    assert "removed" in panel._render.text()


def test_a_preset_is_chosen_with_one_drop_down(panel, bridge):
    panel.look_at(("a",))
    combo = panel._simple.presets.combo
    assert combo.count() >= 3
    number = combo.findData("Small file")
    combo.setCurrentIndex(number)
    combo.activated.emit(number)
    assert entry(bridge).output.codec == "h265"
    assert combo.currentData() == "Small file"


@pytest.mark.parametrize("state", ["queued", "rendering"])
def test_what_cannot_be_changed_says_why_and_how_to(panel, bridge, state):
    casts = (EntryCast(person_id="p1", face_id="f"),)
    bridge.show(replace(two_videos(), entries=(video("a", state, casts=casts), video("b"))))
    panel.look_at(("a",))
    assert panel._lock.isVisible()
    assert panel._lock_words.words.text()
    assert not panel._simple.slot.isEnabled()
    panel._unlock.click()
    assert bridge.desk.orders[-1] == ("cancel", "a")


def test_a_new_video_says_what_is_being_found_out(panel, bridge):
    new = replace(video("a", "new"), facts=None)
    doing = Doing("a", "finding faces", 30, 100)
    bridge.show(DeskSnapshot(entries=(new,), loaded=True, looking=doing))
    panel.look_at(("a",))
    assert "who is in it" in panel._message_words.text()
    assert (panel._progress.value(), panel._progress.maximum()) == (30, 100)
    assert not panel._simple.isVisible()


def test_a_refused_video_says_why(panel, bridge):
    why = Trouble("x_unknown", "This video has no frames.", "Export it again.")
    refused = replace(video("a", "refused"), facts=None, trouble=why)
    bridge.show(DeskSnapshot(entries=(refused,), loaded=True))
    panel.look_at(("a",))
    assert panel._message_words.text() == "This video has no frames."
    assert panel._advice.text() == "Export it again."
    assert not panel._render.isEnabled()


def test_a_video_with_nobody_in_it_says_so(panel, bridge):
    bridge.show(DeskSnapshot(entries=(video("a"),), loaded=True))
    panel.look_at(("a",))
    assert "nobody to replace" in panel._simple._note.text()
    assert not panel._simple.slot.isVisible()


def test_notices_of_the_source_are_shown(panel, bridge):
    odd = video("a")
    odd = replace(odd, facts=replace(odd.facts, notices=(Notice("odd", "It is odd."),)))
    bridge.show(DeskSnapshot(entries=(odd,), loaded=True))
    panel.look_at(("a",))
    assert panel._notices[0].words.text() == "It is odd."
    assert panel._notices[0].isVisible()
    assert len(panel._notices) == 1
    bridge.show(DeskSnapshot(entries=(video("a"),), loaded=True))
    assert not panel._notices[0].isVisible()


def test_a_finished_video_is_rendered_again(panel, bridge, library):
    casts = (EntryCast(person_id="p1", face_id=face(library)),)
    bridge.show(replace(two_videos(), entries=(video("a", "done", casts=casts),)))
    panel.look_at(("a",))
    assert panel._render.text() == "Render again"
    panel._render.click()
    assert entry(bridge).state == "queued"


def test_progress_of_another_video_draws_nothing_anew(panel, bridge, monkeypatch):
    panel.look_at(("a",))
    drawn = []
    monkeypatch.setattr(panel, "_redraw", lambda: drawn.append(1))
    bridge.show(replace(bridge.snapshot, looking=Doing("b", "probing")))
    assert drawn == []


# -- all settings ----------------------------------------------------------------------------


def test_all_settings_are_one_click_away(panel, bridge):
    panel.look_at(("a",))
    assert not panel.casting.isVisible()
    panel._mode.click()
    assert not bridge.settings.simple
    assert panel.casting.isVisible()
    assert panel.look.isVisible()
    assert panel.output.isVisible()
    assert not panel._simple.isVisible()


def test_every_person_has_a_row_and_unsure_faces_say_why(full, bridge):
    full.look_at(("b",))
    person, unsure = full.casting.row_of(0), full.casting.row_of(1)
    assert person.slot.isVisible()
    assert not unsure.slot.isVisible()
    assert "nobody can be put" in unsure._second.text()


def test_pointing_at_a_person_is_told_and_marked(full, qtbot):
    with qtbot.waitSignal(full.person_picked) as told:
        full.casting.row_of(1).thumb.click()
    assert told.args == ["p2"]
    assert full.casting.row_of(1).thumb.isChecked()
    full.highlight("p1")
    assert full.casting.row_of(0).thumb.isChecked()
    assert not full.casting.row_of(1).thumb.isChecked()


def test_after_pointing_the_picked_person_is_shown_again(full, qtbot):
    told = []
    full.casting.row_of(0).thumb.click()
    full.person_picked.connect(told.append)
    full.casting.row_of(1).pointed.emit()
    assert full.casting.row_of(0).thumb.isChecked()
    full.casting.row_of(1).unpointed.emit()
    assert told == ["p2", "p1"]


def test_a_person_is_jumped_to_where_they_are_seen_first(full, monkeypatch, qtbot):
    found = Whereabouts(((42, 90),), ((42, 90),))
    monkeypatch.setattr(Places, "of", lambda self, entry, person_id: found)
    with qtbot.waitSignal(full.jump_asked) as told:
        full.casting.row_of(0)._jump.click()
    assert told.args == [42]


def test_a_photo_dropped_on_a_row_is_cast_on_that_person(full, bridge, library, tmp_path):
    full.casting.row_of(1).slot.photos_dropped.emit((photo(tmp_path, "x.png"),))
    adding = full.casting.intake.adding()
    adding._form.choose("self")
    adding._form.stated_by.setText("X")
    adding._form.agreed.setChecked(True)
    adding._add.click()
    assert entry(bridge).casts[0].person_id == "p2"


def test_a_stretch_gets_another_face_and_loses_it_again(full, bridge, library):
    full.casting.row_of(0).slot.face_dropped.emit(face(library))
    stretches = full.casting.row_of(0).stretches
    stretches._add.click()
    assert not stretches._ok.isEnabled()
    stretches._from.setText("0:02")
    stretches._to.setText("0:04.5")
    stretches._slot.face_dropped.emit(face(library, "Undecided"))
    stretches._ok.click()
    whole, part = entry(bridge).casts
    assert whole.start is None
    assert (part.start, part.end) == (2, Fraction(9, 2))
    assert part.face_id == face(library, "Undecided")
    (line,) = stretches._lines
    line.layout().itemAt(1).widget().click()
    assert entry(bridge).casts == (whole,)


@pytest.mark.parametrize(("start", "end"), [("", "0:04"), ("5", "x"), ("0:09", "0:02")])
def test_a_stretch_that_is_none_cannot_be_added(full, library, start, end):
    stretches = full.casting.row_of(0).stretches
    stretches._add.click()
    stretches._slot.face_dropped.emit(face(library))
    stretches._from.setText(start)
    stretches._to.setText(end)
    assert not stretches._ok.isEnabled()
    assert stretches._problem.isVisible()


def test_a_slider_sets_once_it_rests_and_its_arrow_sets_back(full, bridge, qtbot):
    row = full.look.row("blend")
    assert not row._reset.isVisible()
    row.slider.setValue(40)
    row.slider.setValue(50)
    assert entry(bridge).look.settings == ()
    qtbot.waitUntil(lambda: entry(bridge).look.settings == (("blend", "0.5"),), timeout=3000)
    assert [order for order in bridge.desk.orders if order == ("change", "look")] == [
        ("change", "look")
    ]
    assert row._reset.isVisible()
    row._reset.click()
    assert entry(bridge).look == Look()
    assert row.slider.value() == 100


def test_a_slider_that_was_moved_last_is_set_before_another_video_is_shown(full, bridge):
    full.look.row("blend").slider.setValue(30)
    full.look_at(("b",))
    assert entry(bridge, "a").look.settings == (("blend", "0.3"),)
    assert entry(bridge, "b").look.settings == ()


def test_the_look_shows_a_few_settings_until_more_are_asked_for(full):
    assert full.look.row("blend").isVisible()
    assert not full.look.row("keep_mouth").isVisible()
    full.look._more.click()
    assert full.look.row("keep_mouth").isVisible()


def test_videos_that_differ_say_so(full, bridge):
    one = video("a", look=Look(settings=(("colour_match", "tone"),)))
    bridge.show(replace(two_videos(), entries=(one, video("b", output=Output(codec="av1")))))
    full.look_at(("a", "b"))
    assert full.look.row("colour_match").combo.currentIndex() == -1
    assert full.output.codec.combo.currentIndex() == -1


def test_the_output_is_set_and_set_back(full, bridge):
    output = full.output
    output.codec.combo.activated.emit(output.codec.combo.findData("h265"))
    assert entry(bridge).output.codec == "h265"
    output.codec._reset.click()
    assert entry(bridge).output.codec == "h264"


def test_another_codec_takes_no_number_of_the_old_one_along(full, bridge):
    old = Output(quality=14, preset="slow", container="mov")
    bridge.show(replace(two_videos(), entries=(video("a", output=old),)))
    codec = full.output.codec
    codec.combo.activated.emit(codec.combo.findData("av1"))
    assert entry(bridge).output == Output(codec="av1", container="mp4")


def test_quality_is_told_in_words_and_set_by_them(full, bridge, qtbot):
    quality = full.output.quality
    assert quality.value.text() == "High"
    quality.slider.setValue(0)
    qtbot.waitUntil(lambda: entry(bridge).output.quality == 28, timeout=3000)
    assert quality.value.text() == "Low"
    quality._reset.click()
    assert entry(bridge).output.quality is None


def test_a_name_that_no_system_takes_is_not_kept(full, bridge, qtbot):
    full.output._more.click()
    field = full.output.name.field
    field.setText("a/b")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entry(bridge).output.name is None
    assert full.output.name._warning.isVisible()
    field.setText("My film")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entry(bridge).output.name == "My film"


def test_settings_are_kept_as_a_preset(full, bridge):
    one = video("a", output=Output(codec="av1", quality=30))
    bridge.show(replace(two_videos(), entries=(one,)))
    presets = full.output.presets
    assert presets.combo.currentIndex() == -1
    presets.save_as("Mine", one)
    assert presets.combo.currentData() == "Mine"
    presets._fill_menu()
    remove = presets._menu.actions()[-1]
    assert remove.isEnabled()
    remove.trigger()
    assert presets.combo.findData("Mine") == -1


def test_a_locked_video_has_no_arrows_and_no_open_controls(full, bridge):
    casts = (EntryCast(person_id="p1", face_id="f"),)
    busy = video("a", "rendering", casts=casts, look=Look(settings=(("blend", "0.5"),)))
    bridge.show(replace(two_videos(), entries=(busy,)))
    assert not full.look.row("blend").isEnabled()
    assert not full.look.row("blend")._reset.isVisible()
    assert not full.output.codec.isEnabled()
    assert not full.casting.row_of(0).slot.isEnabled()


def test_every_control_has_a_name(full):
    full.look._more.click()
    full.output._more.click()
    controls = [
        child
        for kind in (QAbstractButton, QAbstractSlider, QComboBox, QLineEdit, QSpinBox)
        for child in full.findChildren(kind)
        if child.isVisible()
        and not child.objectName().startswith("qt_")
        and type(child).__name__ not in ("QScrollBar",)
    ]
    assert len(controls) > 15
    nameless = [
        child
        for child in controls
        if not child.accessibleName() and not (isinstance(child, QAbstractButton) and child.text())
    ]
    assert nameless == []


def test_hundreds_of_videos_selected_are_shown_at_once(full, bridge):
    entries = tuple(video(f"v{n}") for n in range(300))
    one = card(1, *(seat(f"v{n}", "p1") for n in range(300)))
    bridge.show(DeskSnapshot(entries=entries, loaded=True, cards=(one,)))
    full.look_at(tuple(each.entry_id for each in entries))
    assert full.casting.row_of(0).role.seconds == 1500


@pytest.mark.parametrize("simple", [True, False])
def test_who_asks_for_the_presets_gets_them_opened(panel, bridge, simple):
    bridge.change_settings(lambda s: replace(s, simple=simple))
    panel.look_at(("a",))
    panel.show_presets()
    row = panel._simple.presets if simple else panel.output.presets
    assert row.combo.view().isVisible()
    row.combo.hidePopup()
