"""Secrets are kept by the system or in memory, and show themselves nowhere."""

from __future__ import annotations

import copy
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null

from orchestrator import secrets
from orchestrator.errors import SecretRefused, SecretsUnavailable
from orchestrator.secrets import Secret, Secrets
from remote_worker.contract.coding import canonical
from tests.fakes.stores_for_secrets import (
    Forgetful,
    Hanging,
    KeptInMemory,
    Locked,
    Talkative,
    Undeleting,
)

CANARY = "AKIAIOSFODNN7EXAMPLE/wJalrXUtnFEMI"
Use = Callable[[KeyringBackend], Secrets]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Iterator[Use]:
    """Set up a store as the system's own; those of the fakes count as allowed."""
    before = keyring.get_keyring()
    allowed = {(KeptInMemory.__module__, kind.__qualname__): "Test Keychain" for kind in (
        KeptInMemory, Forgetful, Undeleting, Locked, Talkative, Hanging
    )}  # fmt: skip
    monkeypatch.setattr(secrets, "_ALLOWED", secrets._ALLOWED | allowed)

    def set_up(store: KeyringBackend) -> Secrets:
        keyring.set_keyring(store)
        return Secrets(answer_s=5)

    yield set_up
    keyring.set_keyring(before)


@pytest.mark.parametrize(
    "shown",
    [
        repr, str, "{}".format, "{:>9}".format, lambda s: f"{s!r} {s}", lambda s: repr({"k": [s]}),
    ],
)  # fmt: skip
def test_a_secret_shows_itself_to_nobody(shown: Callable[[Secret], str]) -> None:
    assert CANARY not in shown(Secret(CANARY))
    assert "•••" in shown(Secret(CANARY))


@pytest.mark.parametrize("write", [pickle.dumps, copy.deepcopy, json.dumps, canonical, vars, hash])
def test_a_secret_is_not_written_down(write: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError) as caught:
        write(Secret(CANARY))
    assert CANARY not in "".join(traceback.format_exception(caught.value))


def test_secrets_are_compared_by_what_they_are() -> None:
    assert Secret("ü") == Secret("ü")
    assert Secret("ü") != Secret("u")
    assert Secret("ü") != "ü"


def test_a_store_that_works_is_ready_and_left_as_it_was(use: Use) -> None:
    store = KeptInMemory()
    state = use(store).state()
    assert (state.kind, state.back_end) == ("ready", "Test Keychain")
    assert store.held == {}


def test_a_secret_is_kept_found_by_another_start_and_removed(use: Use) -> None:
    store = KeptInMemory()
    use(store).put("cloud.key", Secret(CANARY))
    again = use(store)
    assert again.get("cloud.key") == Secret(CANARY)
    again.remove("cloud.key")
    again.remove("cloud.key")
    assert again.get("cloud.key") is None
    assert store.held == {}


@pytest.mark.parametrize(
    ("text", "fits"),
    [("x" * 1280, True), ("x" * 1281, False), ("😀" * 640, True), ("😀" * 640 + "x", False)],
)
def test_the_length_that_windows_takes_is_the_limit_everywhere(
    use: Use, text: str, fits: bool
) -> None:
    store = KeptInMemory()
    kept = use(store)
    if fits:
        kept.put("key", Secret(text))
        assert kept.get("key") == Secret(text)
        return
    with pytest.raises(SecretRefused, match="1,280"):
        kept.put("key", Secret(text))
    with pytest.raises(SecretRefused):
        kept.put("key", Secret(text), session_only=True)
    assert store.held == {}


@pytest.mark.parametrize("text", ["", "a\x00b", "\ud800"])
def test_what_is_no_secret_is_refused(use: Use, text: str) -> None:
    with pytest.raises(SecretRefused):
        use(KeptInMemory()).put("key", Secret(text))


@pytest.mark.parametrize("name", ["", "A", "a b", "../x", "x" * 65])
def test_a_name_that_not_every_store_takes_is_refused(use: Use, name: str) -> None:
    with pytest.raises(SecretRefused):
        use(KeptInMemory()).put(name, Secret("x"))


class Plaintext(KeptInMemory):
    """Stands for every store that is not on the list."""


def test_stores_that_do_not_protect_are_never_written_to(use: Use) -> None:
    plaintext = Plaintext()
    for store, kind in (
        (plaintext, "refused"),
        (null.Keyring(), "refused"),
        (fail.Keyring(), "none"),
    ):
        kept = use(store)
        state = kept.state()
        assert state.kind == kind
        assert state.advice
        with pytest.raises(SecretsUnavailable):
            kept.put("key", Secret(CANARY))
        with pytest.raises(SecretsUnavailable):
            kept.get("key")
    assert plaintext.held == {}


@pytest.mark.parametrize(
    ("first", "kind"), [(KeptInMemory, "ready"), (Plaintext, "refused"), (None, "none")]
)
def test_a_chain_is_as_good_as_what_it_would_write_to(
    use: Use, monkeypatch: pytest.MonkeyPatch, first: type[KeyringBackend] | None, kind: str
) -> None:
    links = [] if first is None else [first(), KeptInMemory()]
    monkeypatch.setattr(chainer.ChainerBackend, "backends", links)
    assert use(chainer.ChainerBackend()).state().kind == kind


@pytest.mark.parametrize("store", [Forgetful, Undeleting])
def test_a_store_that_does_not_do_as_it_says_is_refused(
    use: Use, store: type[KeptInMemory]
) -> None:
    assert use(store()).state().kind == "refused"


def test_a_locked_store_is_told_as_locked(use: Use) -> None:
    kept = use(Locked())
    assert kept.state().kind == "locked"
    with pytest.raises(SecretsUnavailable, match="locked"):
        kept.put("key", Secret(CANARY))


def test_a_back_end_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyrings.alt.file.PlaintextKeyring")
    monkeypatch.setattr(keyring.core, "_keyring_backend", None)
    assert Secrets(answer_s=20).state().kind == "refused"


def test_a_store_that_hangs_is_given_up_and_asked_once(use: Use) -> None:
    store = Hanging()
    keyring.set_keyring(store)
    kept = Secrets(answer_s=0.1)
    try:
        with pytest.raises(SecretsUnavailable, match="does not answer"):
            kept.put("key", Secret(CANARY))
        assert kept.state().kind == "locked"
        with pytest.raises(SecretsUnavailable):
            kept.get("key")
        assert store.asked == 1
    finally:
        store.over.set()


def test_what_a_store_says_of_its_failure_goes_nowhere(
    use: Use, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(SecretsUnavailable) as caught:
        use(Talkative()).put("key", Secret(CANARY))
    told = "".join(traceback.format_exception(caught.value)) + caplog.text
    assert CANARY not in told + caught.value.sentence + caught.value.advice
    assert "RuntimeError" in caught.value.sentence


def test_without_a_store_a_secret_lasts_for_the_session_and_it_is_said(use: Use) -> None:
    kept = use(fail.Keyring())
    kept.put("key", Secret(CANARY), session_only=True)
    assert kept.get("key") == Secret(CANARY)
    assert kept.in_session() == ("key",)
    assert "until the app ends" in kept.state().sentence
    kept.remove("key")
    assert kept.in_session() == ()
    with pytest.raises(SecretsUnavailable):
        use(fail.Keyring()).get("key")


def test_a_secret_that_moves_into_the_store_is_no_longer_of_the_session(use: Use) -> None:
    store = KeptInMemory()
    kept = use(store)
    kept.put("key", Secret("one"), session_only=True)
    assert store.held == {}
    kept.put("key", Secret("two"))
    assert kept.in_session() == ()
    assert kept.get("key") == Secret("two")


def test_only_stores_that_encrypt_are_on_the_list() -> None:
    modules = {module for module, _ in secrets._ALLOWED}
    assert all(module.startswith("keyring.backends.") for module in modules)
    assert not modules & {"keyring.backends.null", "keyring.backends.fail"}
