"""The engine is chosen in the inspector: its rows, its labels, and what it lacks here."""

from dataclasses import replace

import pytest
from fake_bridge import FakeBridge
from PySide6.QtGui import QColor
from sample_entries import sample_entries

from gui.faces.library import FaceLibrary
from gui.inspector.engine_rows import EngineRows
from gui.inspector.engine_settings import (
    CLASSIC,
    ENGINES,
    FACEFUSION,
    SETTINGS,
    Choice,
    Slide,
    Switch,
    choices_of,
    makes_a_difference,
    spelled,
    usual_of,
    value_of,
    with_engine,
    with_value,
)
from gui.inspector.look import LookSection
from gui.inspector.more_rows import ColourRow, NumbersRow, SeveralRow, SwitchRow
from gui.inspector.panel import InspectorPanel
from gui.inspector.rows import SlideRow
from gui.licences import by_label, once_agreed, words
from gui.words import facefusion_names
from orchestrator.desk.entries import Look, Where
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.home import Home
from orchestrator.settings_file import load
from remote_worker.engines.facefusion.installation import VARIABLE
from remote_worker.engines.facefusion.options import OPTIONS, check

BY_NAME = {setting.name: setting for setting in FACEFUSION}
SWAP = Look(engine="facefusion")


def look(**settings):
    return Look(engine="facefusion", settings=tuple(sorted(settings.items())))


@pytest.fixture
def bridge(tmp_path, monkeypatch, qapp):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    return FakeBridge(Home(tmp_path))


@pytest.fixture
def section(bridge, qtbot):
    section = LookSection(bridge)
    qtbot.addWidget(section)
    entries = tuple(
        replace(entry, state="ready", look=SWAP) for entry in sample_entries() if entry.facts
    )[:2]
    bridge.show(DeskSnapshot(entries=entries, loaded=True))

    def show(wanted=SWAP, count=1, **more):
        chosen = [replace(entry, look=wanted, **more) for entry in entries[:count]]
        bridge.show(DeskSnapshot(entries=tuple(chosen), loaded=True))
        section.show_entries(chosen, can_change=True)
        return section

    bridge.changed.connect(
        lambda seen: section.show_entries(seen.entries, can_change=True) if seen.entries else None
    )
    section.look_at = show
    show()
    return section


def now(bridge):
    return bridge.snapshot.entries[0].look


# -- which settings, and what they are -----------------------------------------------------------


def test_every_option_that_a_person_sets_is_offered_once():
    names = [setting.name for setting in FACEFUSION]
    assert len(names) == len(set(names))
    own = {"processors", "voice", "frame_rate", "reference_photo", "model_set",
           "reference_face_position", "reference_face_distance"}  # fmt: skip
    assert set(OPTIONS) - own <= set(names)
    assert all(SETTINGS[engine] for engine in ENGINES)


@pytest.mark.parametrize("setting", FACEFUSION, ids=lambda each: each.name)
def test_every_setting_has_a_name_and_every_choice_words(setting):
    assert facefusion_names.setting_name(setting.name) != setting.name
    for choice in getattr(setting, "choices", ()):
        assert facefusion_names.choice_name(setting.name, choice)
    if not isinstance(setting, Switch):
        assert spelled(setting, usual_of(SWAP, setting)) == usual_of(SWAP, setting)


def test_models_are_offered_with_the_label_of_their_licence():
    said = facefusion_names.choice_name
    assert said("face_swapper_model", "inswapper_128") == "inswapper_128 – Non-Commercial"
    assert said("face_detector_model", "yolo_face") == "yolo_face – GPL-3.0"
    assert said("face_swapper_pixel_boost", "512x512") == "512 × 512"
    assert said("face_detector_angles", "90") == "90°"


def test_what_makes_no_difference_is_not_shown():
    assert not makes_a_difference(SWAP, BY_NAME["face_enhancer_blend"])
    assert makes_a_difference(look(processors="face_enhancer"), BY_NAME["face_enhancer_blend"])
    assert makes_a_difference(look(face_swapper_model="gone"), BY_NAME["face_enhancer_blend"])
    assert makes_a_difference(Look(), CLASSIC[0])


def test_steps_of_the_work_are_switched_and_the_last_one_stays():
    enhanced = with_value(SWAP, BY_NAME["face_enhancer"], "on")
    assert dict(enhanced.settings) == {"processors": "face_swapper face_enhancer"}
    only = with_value(enhanced, BY_NAME["face_swapper"], "off")
    assert dict(only.settings) == {"processors": "face_enhancer"}
    assert with_value(only, BY_NAME["face_enhancer"], "off") == only
    assert value_of(only, BY_NAME["face_swapper"]) == "off"
    assert with_value(enhanced, BY_NAME["face_enhancer"], "off") == SWAP


def test_another_model_takes_its_own_resolution_along():
    small = look(face_swapper_model="inswapper_128", face_swapper_pixel_boost="384x384")
    boost = BY_NAME["face_swapper_pixel_boost"]
    assert "384x384" in choices_of(small, boost)
    other = with_value(small, BY_NAME["face_swapper_model"], "hyperswap_1b_256")
    assert dict(other.settings) == {"face_swapper_model": "hyperswap_1b_256"}
    assert usual_of(small, boost) == "128x128"
    check(dict(other.settings))


def test_another_engine_begins_as_it_usually_is():
    assert with_engine(look(processors="face_enhancer"), "classic") == Look()
    kept = look(processors="face_enhancer")
    assert with_engine(kept, "facefusion") is kept


# -- the section ---------------------------------------------------------------------------------


def shown(section):
    page = section._page("facefusion")
    return [name for name, (_, row) in page._settings.items() if not row.isHidden()]


def test_little_is_asked_first_and_all_on_request(section):
    assert shown(section) == ["face_swapper_model", "face_enhancer"]
    section._more.setChecked(True)
    assert "face_mask_types" in shown(section)
    assert "face_enhancer_blend" not in shown(section)
    section.look_at(look(processors="face_swapper face_enhancer"))
    assert "face_enhancer_blend" in shown(section)


def test_rows_tell_the_desk_what_was_set(section, bridge):
    section._more.setChecked(True)
    enhance = section.row("face_enhancer")
    assert isinstance(enhance, SwitchRow)
    enhance.box.click()
    assert dict(now(bridge).settings)["processors"] == "face_swapper face_enhancer"
    kinds = section.row("face_mask_types")
    assert isinstance(kinds, SeveralRow)
    kinds.boxes["region"].click()
    assert dict(now(bridge).settings)["face_mask_types"] == "box region"
    padding = section.row("face_mask_padding")
    assert isinstance(padding, NumbersRow)
    padding.spins[2].setValue(12)
    section.settle()
    assert dict(now(bridge).settings)["face_mask_padding"] == "0 0 12 0"
    blend = section.row("face_enhancer_blend")
    assert isinstance(blend, SlideRow)
    blend.slider.setValue(35)
    section.settle()
    assert dict(now(bridge).settings)["face_enhancer_blend"] == "35"
    check(dict(now(bridge).settings))
    blend.reset.emit()
    assert "face_enhancer_blend" not in dict(now(bridge).settings)


def test_one_word_of_several_has_to_stay(section, bridge):
    section._more.setChecked(True)
    kinds = section.row("face_mask_types")
    kinds.boxes["box"].click()
    assert kinds.boxes["box"].isChecked()
    assert now(bridge).settings == ()


def test_a_colour_is_chosen(section, bridge):
    section.look_at(look(processors="background_remover"))
    row = section.row("background_remover_fill_color")
    assert isinstance(row, ColourRow)
    row.take(QColor())
    row.take(QColor(0, 177, 64))
    assert dict(now(bridge).settings)["background_remover_fill_color"] == "0 177 64"


def test_the_engine_is_chosen_and_taken_back(section, bridge):
    section.engine.changed.emit("classic")
    assert now(bridge) == Look()
    assert section._page("facefusion").isHidden()
    section.engine.changed.emit("facefusion")
    assert now(bridge) == SWAP
    section.engine.reset.emit()
    assert now(bridge).engine == "classic"


def test_videos_by_different_engines_show_no_rows(section, bridge):
    one, two = sample_entries()[0], sample_entries()[0]
    section.show_entries([replace(one, look=SWAP), replace(two, look=Look())], can_change=True)
    assert section.engine.combo.currentIndex() == -1
    assert all(page.isHidden() for page in section._pages.values())


def test_what_the_models_may_be_used_for_stands_at_the_engine(section):
    said = section.note.licences.words.text()
    assert "Not for commercial use" in said
    assert "ResearchRAIL (FaceFusion)" in said
    section.look_at(look(processors="frame_colorizer"))
    assert section.note.licences.isHidden()
    section.look_at(Look())
    assert section.note.isHidden()


def test_an_engine_that_is_not_here_says_so_and_leads_to_its_page(section, qtbot):
    assert "not installed on this computer" in section.note.missing.words.text()
    with qtbot.waitSignal(section.engine_asked, timeout=1000):
        section.note.install.click()
    section.look_at(SWAP, where=Where(kind="aws"))
    assert section.note.missing.isHidden()
    assert section.note.install.isHidden()


def test_numbers_are_told_in_their_own_way(qtbot):
    rows = EngineRows("facefusion")
    qtbot.addWidget(rows)
    wanted = look(
        processors="face_swapper age_modifier face_editor face_enhancer",
        age_modifier_direction="-30",
        face_editor_mouth_smile="0.4",
        face_enhancer_blend="65",
    )
    rows.show_looks([wanted], can_change=True, everything=True)
    assert rows.row("age_modifier_direction").value.text() == "-30"
    assert rows.row("face_editor_mouth_smile").value.text() == "+0.40"
    assert rows.row("face_enhancer_blend").value.text() == "65 %"
    assert rows.row("face_mask_blur").value.text() == "30 %"


# -- licences -------------------------------------------------------------------------------------


def test_a_render_waits_until_its_licences_are_agreed_to(bridge, qtbot):
    done = []
    entry = replace(sample_entries()[0], look=SWAP)
    question = once_agreed(bridge, [entry], lambda: done.append(1))
    assert question is not None
    qtbot.addWidget(question)
    question.choose(1)
    assert done == []
    again = once_agreed(bridge, [entry], lambda: done.append(1))
    qtbot.addWidget(again)
    again.choose(0)
    assert done == [1]
    assert load(bridge.home).accepted_licences == bridge.settings.accepted_licences
    assert once_agreed(bridge, [entry], lambda: done.append(1)) is None
    assert done == [1, 1]


def test_classic_asks_nothing(bridge):
    done = []
    assert once_agreed(bridge, [sample_entries()[0]], lambda: done.append(1)) is None
    assert done == [1]


def test_what_is_agreed_to_names_the_models():
    said = words({"ResearchRAIL (FaceFusion)": ("hyperswap_1a_256",)})
    assert "ResearchRAIL (FaceFusion): hyperswap_1a_256" in said
    assert by_label(["A (x)", "A (y)", "B (z)"]) == "A (x, y), B (z)"


def test_slides_stay_within_what_the_engine_takes():
    for setting in FACEFUSION:
        if isinstance(setting, Slide):
            for value in (setting.low, setting.high, (setting.low + setting.high) / 2):
                OPTIONS[setting.name].spelled(spelled(setting, repr(value)))
        elif isinstance(setting, Choice):
            assert spelled(setting, "no such thing") == setting.usual


def test_coming_back_from_installing_is_noticed(section, bridge, qtbot, tmp_path, monkeypatch):
    lacks = iter(["engine", ""])
    monkeypatch.setattr("gui.inspector.engine_note.lacking_here", lambda *_: next(lacks))
    section.look_at(look(face_mask_blur="0.5"))
    assert not section.note.missing.isHidden()
    with qtbot.waitSignal(section.note.found, timeout=1000):
        section.note._asked = None
        section.note._ask()
    assert section.note.missing.isHidden()


def test_a_render_begins_where_its_engine_is(bridge, qtbot):
    panel = InspectorPanel(bridge, FaceLibrary(bridge))
    qtbot.addWidget(panel)
    entry = replace(
        sample_entries()[0], state="ready", casts=(), look=look(processors="face_enhancer")
    )
    for where, said in (
        (Where(), "FaceFusion is not installed here"),
        (Where(kind="aws"), "Render"),
    ):
        bridge.show(DeskSnapshot(entries=(replace(entry, where=where),), loaded=True))
        panel.look_at([entry.entry_id])
        panel.draw(bridge.snapshot)
        assert panel._render.text() == said
        assert panel._render.isEnabled() == (where.kind == "aws")
