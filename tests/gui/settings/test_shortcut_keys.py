"""Changing a key changes one command, and never leaves two with the same key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.commands import COMMANDS, conflicts, keys_of
from gui.settings.keys import holder, key_rows, with_default_key, with_key
from orchestrator.settings import Settings

IDS = [command.command_id for command in COMMANDS]
KEYS = sorted({command.default_key for command in COMMANDS} | {"F5", "Ctrl+Alt+J", ""})
STEPS = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from([*KEYS, None])), max_size=12)


def keys(settings: Settings) -> dict[str, str]:
    return keys_of(COMMANDS, dict(settings.shortcuts))


def test_only_what_differs_is_kept() -> None:
    settings = with_key(COMMANDS, Settings(), "pause", "F5")
    assert settings.shortcuts == (("pause", "F5"),)
    assert with_key(COMMANDS, settings, "pause", "Ctrl+P") == Settings()
    assert with_default_key(COMMANDS, settings, "pause") == Settings()


def test_a_key_that_another_command_has_is_taken_from_it() -> None:
    assert holder(COMMANDS, Settings(), "Ctrl+D", "pause").command_id == "duplicate"
    settings = with_key(COMMANDS, Settings(), "pause", "Ctrl+D")
    assert settings.shortcuts == (("duplicate", ""), ("pause", "Ctrl+D"))
    assert holder(COMMANDS, settings, "Ctrl+P", "play") is None


def test_a_command_without_a_key_disturbs_no_other_without_one() -> None:
    assert holder(COMMANDS, Settings(), "", "pause") is None
    assert with_key(COMMANDS, Settings(), "pause", "").shortcuts == (("pause", ""),)


def test_keys_of_commands_of_another_version_are_kept() -> None:
    settings = Settings(shortcuts=(("hologram", "Ctrl+H"),))
    changed = with_key(COMMANDS, settings, "pause", "F5")
    assert changed.shortcuts == (("hologram", "Ctrl+H"), ("pause", "F5"))


@given(STEPS)
def test_whatever_is_done_no_key_is_given_twice(steps) -> None:
    settings = Settings()
    for command_id, key in steps:
        if key is None:
            settings = with_default_key(COMMANDS, settings, command_id)
        else:
            settings = with_key(COMMANDS, settings, command_id, key)
            assert keys(settings)[command_id] == key
        assert conflicts(keys(settings)) == {}
        defaults = {c.command_id: c.default_key for c in COMMANDS}
        assert all(defaults[name] != key for name, key in settings.shortcuts)


def test_the_list_is_searched_by_title_group_and_key() -> None:
    def found(sought: str) -> list[str]:
        groups = key_rows(COMMANDS, Settings(), sought)
        return [row.command.command_id for _, _, rows in groups for row in rows]

    assert found("") == IDS
    assert found("DUPLIC") == ["duplicate"]
    assert found("ctrl+shift+z") == ["redo"]
    assert "zoom_in" in found("stage zoom")
    assert found("no such thing") == []
