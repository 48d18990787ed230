"""Presets keep what is worth sharing and take nothing that a render would refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.desk.entries import Look, Output
from orchestrator.errors import NotSaved, PresetRefused
from orchestrator.home import Home
from orchestrator.presets import NAME_MOST, Presets, built_in, clean_name, read_file

LOOK = Look(settings=(("blend", "0.8"), ("keep_mouth", "on")))
OUTPUT = Output(
    folder="/home/ada/secret client", name="take 4", container="mkv", codec="h265", quality=22
)
GOOD: dict[str, Any] = {
    "kind": "secondunit-preset",
    "version": 1,
    "name": "Interviews",
    "look": {"engine": "classic", "settings": [["blend", "0.8"]]},
    "output": {"container": "mp4", "codec": "h264", "quality": 20, "preset": "slow"},
}


@pytest.fixture
def presets(tmp_path: Path) -> Presets:
    return Presets(Home(tmp_path / "home"))


def written(tmp_path: Path, plain: Any) -> Path:
    path = tmp_path / "given.secondunit-preset"
    path.write_text(plain if isinstance(plain, str) else json.dumps(plain), "utf-8")
    return path


def own(presets: Presets) -> list[str]:
    return [preset.name for preset in presets.list() if not preset.built_in]


def test_a_preset_holds_no_folder_and_no_file_name(presets: Presets, tmp_path: Path) -> None:
    presets.save("Client work", LOOK, OUTPUT)
    presets.export("Client work", tmp_path / "out.secondunit-preset")
    text = (tmp_path / "out.secondunit-preset").read_text("utf-8")
    assert "ada" not in text
    assert "take 4" not in text
    kept = presets.get("client WORK")
    assert kept.look == LOOK
    assert kept.output_for(Output(folder="/x", name="y")) == Output(
        folder="/x", name="y", container="mkv", codec="h265", quality=22
    )


def test_what_is_exported_is_imported_the_same_elsewhere(presets: Presets, tmp_path: Path) -> None:
    saved = presets.save("旅行 – été", LOOK, OUTPUT)
    presets.export(saved.name, tmp_path / "p.secondunit-preset")
    other = Presets(Home(tmp_path / "other"))
    assert other.import_file(tmp_path / "p.secondunit-preset") == saved
    assert other.list()[-1] == saved


def test_importing_twice_keeps_one_and_a_namesake_gets_a_number(
    presets: Presets, tmp_path: Path
) -> None:
    path = written(tmp_path, GOOD)
    presets.import_file(path)
    presets.import_file(path)
    assert own(presets) == ["Interviews"]
    other = written(tmp_path, GOOD | {"look": {"engine": "classic", "settings": []}})
    assert presets.import_file(other).name == "Interviews (2)"
    assert presets.import_file(other).name == "Interviews (2)"
    assert own(presets) == ["Interviews", "Interviews (2)"]


def test_a_very_long_name_still_gets_its_number(presets: Presets, tmp_path: Path) -> None:
    long = "x" * NAME_MOST
    presets.save(long, LOOK, OUTPUT)
    imported = presets.import_file(written(tmp_path, GOOD | {"name": long}))
    assert imported.name.endswith(" (2)")
    assert len(imported.name) == NAME_MOST


def test_a_name_is_taken_in_every_spelling_nobody_tells_apart(presets: Presets) -> None:
    presets.save("Café", LOOK, OUTPUT)
    for same in ("Café", "cafe\u0301", " CAFÉ ", "Café"):
        with pytest.raises(PresetRefused, match="already"):
            presets.save(same, LOOK, OUTPUT)
    presets.save("Cafe\u0301", Look(), OUTPUT, replacing=True)
    assert presets.get("Café").look == Look()
    assert own(presets) == ["Café"]


def test_those_that_came_with_the_app_are_offered_first_and_stay(presets: Presets) -> None:
    names = [preset.name for preset in built_in()]
    assert names[0] == "Balanced"
    assert built_in()[0].output == Output()
    presets.save("AAA", LOOK, OUTPUT)
    assert [preset.name for preset in presets.list()] == [*names, "AAA"]
    for name in names:
        with pytest.raises(PresetRefused, match="came with the app"):
            presets.remove(name)
        with pytest.raises(PresetRefused, match="came with the app"):
            presets.save(name.upper(), LOOK, OUTPUT, replacing=True)
        with pytest.raises(PresetRefused, match="came with the app"):
            presets.rename("AAA", name)


def test_a_preset_is_renamed_also_only_in_case(presets: Presets) -> None:
    presets.save("one", LOOK, OUTPUT)
    presets.save("two", Look(), OUTPUT)
    with pytest.raises(PresetRefused, match="already"):
        presets.rename("one", "TWO")
    presets.rename("one", "ONE")
    presets.rename("two", "three")
    assert own(presets) == ["ONE", "three"]
    assert presets.get("three").look == Look()


def test_a_removed_preset_is_gone_and_so_is_its_file(presets: Presets, tmp_path: Path) -> None:
    presets.save("one", LOOK, OUTPUT)
    presets.remove("One")
    assert own(presets) == []
    assert list((tmp_path / "home" / "presets").iterdir()) == []
    with pytest.raises(PresetRefused, match="no preset"):
        presets.remove("one")


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "CON", "a/b\\c:d*?", ".hidden", "name.json", "%00", "影片/…", "'; DROP"],
)
def test_odd_names_stay_inside_the_folder(presets: Presets, tmp_path: Path, name: str) -> None:
    saved = presets.save(name, LOOK, OUTPUT)
    assert presets.get(name) == saved
    (file,) = (tmp_path / "home" / "presets").iterdir()
    assert file.stem.isalnum()
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


@pytest.mark.parametrize("name", ["", "  \t ", "a\x00b", "evil\u202efdp", "x" * 81, "\ud800"])
def test_names_that_cannot_be_shown_are_refused(presets: Presets, name: str) -> None:
    with pytest.raises(PresetRefused):
        presets.save(name, LOOK, OUTPUT)
    assert own(presets) == []


@given(st.text(max_size=100))
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    try:
        cleaned = clean_name(name)
    except PresetRefused:
        return
    assert clean_name(cleaned) == cleaned
    assert 1 <= len(cleaned) <= NAME_MOST


def with_output(**changed: Any) -> dict[str, Any]:
    return GOOD | {"output": GOOD["output"] | changed}


def with_settings(*pairs: Any) -> dict[str, Any]:
    return GOOD | {"look": {"engine": "classic", "settings": list(pairs)}}


@pytest.mark.parametrize(
    "plain",
    [
        "",
        "not json",
        "[" * 50_000,
        "[]",
        '"secondunit-preset"',
        json.dumps(GOOD)[:-5],
        json.dumps(GOOD)[:-1] + ',"name":"twice"}',
        json.dumps(GOOD) + " " * (64 << 10),
        {},
        GOOD | {"kind": "something"},
        GOOD | {"version": 2},
        GOOD | {"version": "1"},
        GOOD | {"version": None},
        GOOD | {"name": 5},
        GOOD | {"name": "bad\u202ename"},
        GOOD | {"run": ["rm", "-rf"]},
        with_output(folder="/etc"),
        with_output(name="../x"),
        with_output(container="avi"),
        with_output(codec="h266"),
        with_output(quality=0),
        with_output(quality=52),
        with_output(quality=True),
        with_output(quality=1e300),
        with_output(preset="placebo"),
        with_output(preset="p5"),
        with_output(hardware=True),
        with_output(container="mov", codec="av1", preset="8"),
        GOOD | {"look": {"engine": "nuclear", "settings": []}},
        GOOD | {"look": {"engine": "../x", "settings": []}},
        with_settings(["glow", "1"]),
        with_settings(["blend", "2"]),
        with_settings(["blend", "nan"]),
        with_settings(["blend", 1]),
        with_settings(["blend", "1", "2"]),
        with_settings(["blend", "0.5"], ["blend", "0.6"]),
        GOOD | {"look": {"engine": "identity", "settings": [["blend", "1"]]}},
    ],
)
def test_a_file_that_a_render_would_refuse_is_refused_here(
    presets: Presets, tmp_path: Path, plain: Any
) -> None:
    with pytest.raises(PresetRefused):
        presets.import_file(written(tmp_path, plain))
    assert own(presets) == []


def test_settings_that_are_the_engines_own_are_left_out(presets: Presets, tmp_path: Path) -> None:
    path = written(tmp_path, with_settings(["sharpness", "1"], ["blend", "0.50"]))
    assert presets.import_file(path).look == Look(settings=(("blend", "0.5"),))


def test_a_damaged_file_among_the_presets_hides_no_other(presets: Presets, tmp_path: Path) -> None:
    presets.save("one", LOOK, OUTPUT)
    bad = tmp_path / "home" / "presets" / "bad.json"
    bad.write_bytes(b"\xff\xfe{")
    assert own(presets) == ["one"]
    assert presets.unreadable() == (bad,)


def test_a_preset_that_cannot_be_written_is_told(presets: Presets, tmp_path: Path) -> None:
    with pytest.raises(NotSaved):
        presets.export("Balanced", tmp_path / "no folder" / "x.secondunit-preset")
    with pytest.raises(PresetRefused, match="cannot be read"):
        read_file(tmp_path / "nothing")
