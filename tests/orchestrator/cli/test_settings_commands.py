"""Settings, presets and diagnostics from the command line, for people and machines."""

import json
import zipfile

import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.home import Home
from orchestrator.settings import Settings
from orchestrator.settings_file import load


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return Home.default()


@pytest.fixture
def run(home, capsys):
    def run(*words):
        status = main([*map(str, words), "--json"])
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        last = next(line for line in reversed(lines) if "result" in line or "error" in line)
        return status, last.get("result", last.get("error"))

    return run


def test_a_setting_is_set_read_and_reset(run, home):
    assert run("settings", "set", "workers", "3") == (Exit.DONE, {"workers": 3})
    assert run("settings", "get", "workers") == (Exit.DONE, {"workers": 3})
    assert run("settings", "set", "language", "zh_CN")[0] == Exit.DONE
    assert run("settings", "set", "output_folder", "/films")[0] == Exit.DONE
    assert run("settings", "set", "when_done_command", '["say", "done"]')[0] == Exit.DONE
    assert load(home) == Settings(
        workers=3, language="zh_CN", output_folder="/films", when_done_command=("say", "done")
    )
    assert run("settings", "reset", "workers") == (Exit.DONE, {"workers": None})
    listed = run("settings")[1]
    assert listed["language"] == "zh_CN"
    assert "version" not in listed


@pytest.mark.parametrize(
    "words",
    [
        ("set", "workers", "many"), ("set", "appearance", "sepia"), ("set", "version", "2"),
        ("set", "colour", "red"), ("get",), ("set", "workers"), ("list", "workers"),
        ("get", "workers", "3"), ("reset",), ("set", "watch_folders", '[{"paths": 1}]'),
    ],
)  # fmt: skip
def test_what_cannot_be_set_is_refused_and_changes_nothing(run, home, words):
    status, error = run("settings", *words)
    assert (status, error["reason"]) == (Exit.USAGE, "request_refused")
    assert not (home.root / "settings.json").exists()


def test_settings_are_told_to_people_with_what_is_changed(home, capsys):
    main(["settings", "set", "sound", "true"])
    main(["settings"])
    shown = capsys.readouterr().out.splitlines()
    assert any(line.split() == ["sound", "true", "changed"] for line in shown)
    assert any(line.split() == ["simple", "true"] for line in shown)


def test_a_preset_goes_out_and_comes_in(run, home, tmp_path):
    assert run("presets", "export", "small file", tmp_path / "p")[0] == Exit.DONE
    path = tmp_path / "p.secondunit-preset"
    assert run("presets", "export", "Small file", path)[0] == Exit.USAGE
    path.write_text(path.read_text("utf-8").replace("Small file", "Mine [bold]"), "utf-8")
    assert run("presets", "import", path)[1]["name"] == "Mine [bold]"
    listed = run("presets")[1]
    assert [line["name"] for line in listed if not line["built_in"]] == ["Mine [bold]"]
    assert run("presets", "remove", "mine [BOLD]")[0] == Exit.DONE
    assert all(line["built_in"] for line in run("presets", "list")[1])


def test_presets_are_told_to_people(home, capsys):
    main(["presets"])
    shown = capsys.readouterr().out
    assert "Archive (MKV, H.265)" in shown
    assert "came with the app" in shown


@pytest.mark.parametrize(
    "words",
    [("remove", "Balanced"), ("remove", "nobody"), ("import", "nothing"), ("export", "Balanced"),
     ("list", "x"), ("import",)],
)  # fmt: skip
def test_what_cannot_be_done_with_presets_is_refused(run, words):
    assert run("presets", *words)[0] == Exit.USAGE


def test_a_bundle_is_saved_here_and_where_it_is_wished(run, home, tmp_path, monkeypatch):
    monkeypatch.setattr("orchestrator.diagnostics.examine", lambda home, share: ())
    status, result = run("diagnostics")
    assert status == Exit.DONE
    (made,) = tmp_path.glob("second-unit-diagnostics-*.zip")
    assert result["path"] == str(made)
    assert run("diagnostics", "--output", tmp_path / "x.zip")[0] == Exit.DONE
    assert zipfile.ZipFile(tmp_path / "x.zip").testzip() is None
    assert run("diagnostics", "--output", tmp_path / "gone" / "x.zip")[0] == Exit.USAGE


def test_settings_of_a_newer_version_do_not_keep_a_bundle_from_being_made(run, home, monkeypatch):
    monkeypatch.setattr("orchestrator.diagnostics.examine", lambda home, share: ())
    (home.root / "settings.json").write_text('{"version": 9}', "utf-8")
    assert run("diagnostics")[0] == Exit.DONE
    assert run("settings", "set", "sound", "true")[1]["reason"] == "settings_refused"
