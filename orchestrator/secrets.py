"""Keep secrets in the system's password store, or in memory for this run and say so."""

from __future__ import annotations

import hmac
import queue
import re
import secrets as randomness
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

from orchestrator.errors import SecretRefused, SecretsUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")
StateKind = Literal["ready", "none", "locked", "refused"]
"""``ready``: secrets are kept by the system.  ``none``: it has no password store.  ``locked``:
there is one, and it is locked or does not answer.  ``refused``: the one that is set up would
keep secrets where others can read them, or does not give back what it was given."""

MOST_BYTES = 2560
"""What Windows takes for one secret, in UTF-16; kept everywhere, so that all can be moved."""
ANSWER_S = 30.0
"""How long a store may take: its own window may be asking for a password meanwhile."""
_ALLOWED = {
    ("keyring.backends.Windows", "WinVaultKeyring"): "Windows Credential Manager",
    ("keyring.backends.macOS", "Keyring"): "macOS Keychain",
    ("keyring.backends.SecretService", "Keyring"): "Secret Service",
    ("keyring.backends.libsecret", "Keyring"): "Secret Service",
    ("keyring.backends.kwallet", "DBusKeyring"): "KWallet",
    ("keyring.backends.kwallet", "DBusKeyringKWallet4"): "KWallet",
}
"""Module and class of every store that encrypts for the user who is logged in."""
_CHAIN = ("keyring.backends.chainer", "ChainerBackend")
_NOTHING = ("keyring.backends.fail", "Keyring")
_USER = "Second Unit"
_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")


class Secret:
    """A text that shows itself to nobody who does not ask for it by :meth:`reveal`."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text; only for the call that needs it."""
        return self._text

    def __repr__(self) -> str:
        return "•••"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    __hash__ = None  # type: ignore[assignment]  # a set or a cache would outlive its use

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is neither copied nor written down")


@dataclass(frozen=True, slots=True)
class SecretsState:
    """Where secrets are kept and whether that works, in words."""

    kind: StateKind
    back_end: str
    """What the user calls the store; empty when there is none."""
    sentence: str
    advice: str
    """Empty when there is nothing to do."""


class Secrets:
    """The one way to the password store; calls wait for it and run off the Qt thread."""

    def __init__(self, *, answer_s: float = ANSWER_S) -> None:
        """Prepare; the store is looked for at the first call."""
        self._lane = _Lane(answer_s)
        self._session: dict[str, Secret] = {}
        self._lock = threading.Lock()

    def state(self) -> SecretsState:
        """Return how the store is, found out by writing, reading and deleting a test secret."""
        try:
            store = self._lane.ask(_find_store)
            if isinstance(store, SecretsState):
                return store
            return self._lane.ask(lambda: _self_test(store))
        except _Silent:
            return _silent()
        except Exception as error:  # whatever a store throws says that it does not work
            return _state_of(error)

    def put(self, name: str, secret: Secret, *, session_only: bool = False) -> None:
        """Keep a secret; with ``session_only`` in memory and until the app ends.

        Raises:
            SecretRefused: it is empty or longer than every store takes; nothing was stored.
            SecretsUnavailable: the store is missing, locked or silent; nothing was stored.
        """
        _require_fitting(name, secret)
        if not session_only:
            self._ask(lambda store: store.set_password(_service(name), _USER, secret.reveal()))
        with self._lock:
            self._session.pop(name, None)
            if session_only:
                self._session[name] = secret

    def get(self, name: str) -> Secret | None:
        """Return a secret, or None when there is none of that name.

        Raises:
            SecretsUnavailable: the store is missing, locked or silent.
        """
        _require_name(name)
        with self._lock:
            if name in self._session:
                return self._session[name]
        text = self._ask(lambda store: store.get_password(_service(name), _USER))
        return None if text is None else Secret(text)

    def remove(self, name: str) -> None:
        """Delete a secret; safe to perform twice.

        Raises:
            SecretsUnavailable: the store is missing, locked or silent; it may still hold it.
        """
        _require_name(name)
        with self._lock:
            if self._session.pop(name, None) is not None:
                return  # one that is kept in memory was never in the store
        self._ask(lambda store: _delete(store, name))

    def in_session(self) -> tuple[str, ...]:
        """Return the names of the secrets that are forgotten when the app ends."""
        with self._lock:
            return tuple(sorted(self._session))

    def _ask(self, call: Callable[[KeyringBackend], T]) -> T:
        try:
            store = self._lane.ask(_find_store)
            if isinstance(store, SecretsState):
                raise SecretsUnavailable(store.sentence, store.advice)
            found = store
            return self._lane.ask(lambda: call(found))
        except _Silent:
            told = _silent()
        except SecretsUnavailable:
            raise
        except Exception as error:  # its words may repeat what it was given: they go nowhere
            told = _state_of(error)
        raise SecretsUnavailable(told.sentence, told.advice) from None


def is_allowed(store: object) -> str | None:
    """Return what the user calls an allowed store, or None when it is not allowed."""
    return _ALLOWED.get((type(store).__module__, type(store).__qualname__))


class _Silent(Exception):
    """The store did not answer in time."""


class _Lane:
    """Asks one question after another on a thread of its own, and gives up waiting.

    A call that hangs cannot be ended; while it hangs no other is begun, so that at most one
    thread is ever lost to a store that does not answer.
    """

    def __init__(self, answer_s: float) -> None:
        self._answer_s = answer_s
        self._free = threading.Lock()

    def ask(self, call: Callable[[], T]) -> T:
        if not self._free.acquire(timeout=self._answer_s):
            raise _Silent
        answers: queue.SimpleQueue[tuple[bool, Any]] = queue.SimpleQueue()
        thread = threading.Thread(
            target=self._answer, args=(call, answers), name="password store", daemon=True
        )
        thread.start()
        try:
            worked, answer = answers.get(timeout=self._answer_s)
        except queue.Empty:
            raise _Silent from None
        if not worked:
            raise answer
        found: T = answer
        return found

    def _answer(
        self, call: Callable[[], Any], answers: queue.SimpleQueue[tuple[bool, Any]]
    ) -> None:
        try:
            answers.put((True, call()))
        except BaseException as error:  # it is thrown where the answer is waited for
            answers.put((False, error))
        finally:
            self._free.release()


def _find_store() -> KeyringBackend | SecretsState:
    """Return the allowed store that is set up here, or why there is none."""
    import keyring  # looks for its back ends on the disk and on D-Bus

    try:
        store = keyring.get_keyring()
    except (ImportError, AttributeError) as error:  # PYTHON_KEYRING_BACKEND names nothing
        return _refused(f"one that is not installed ({type(error).__name__})")
    if _kind_of(store) == _CHAIN:
        chain = getattr(store, "backends", [])
        if not chain:
            return _none()
        store = chain[0]  # what the chain would write to
    if is_allowed(store):
        return store
    if _kind_of(store) == _NOTHING:
        return _none()
    return _refused(f"{type(store).__module__}.{type(store).__qualname__}")


def _kind_of(store: object) -> tuple[str, str]:
    return type(store).__module__, type(store).__qualname__


def _self_test(store: KeyringBackend) -> SecretsState:
    name = f"self-test-{randomness.token_hex(4)}"
    wanted = randomness.token_urlsafe(24)
    store.set_password(_service(name), _USER, wanted)
    try:
        got = store.get_password(_service(name), _USER)
    finally:
        store.delete_password(_service(name), _USER)
    left = store.get_password(_service(name), _USER)
    called = is_allowed(store) or ""
    if got != wanted or left is not None:
        what = "did not give back a test password" if got != wanted else "kept a deleted password"
        return SecretsState(
            "refused",
            called,
            f"The {called} {what}, so nothing is kept in it.",
            "Restart the computer; passwords are kept until the app ends meanwhile.",
        )
    return SecretsState("ready", called, f"Passwords are kept in the {called}.", "")


def _delete(store: KeyringBackend, name: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        store.delete_password(_service(name), _USER)
    except PasswordDeleteError:
        if store.get_password(_service(name), _USER) is not None:
            raise  # it is there and was not deleted


def _service(name: str) -> str:
    """Return the name in the store: one a secret, as Windows keeps one user for each."""
    return f"Second Unit: {name}"


def _require_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise SecretRefused("A secret's name is not one that every store takes.", "Rename it.")


def _require_fitting(name: str, secret: Secret) -> None:
    _require_name(name)
    text = secret.reveal()
    if not text or "\x00" in text:
        raise SecretRefused("There is nothing to keep.", "Type or paste the password again.")
    try:
        needed_bytes = len(text.encode("utf-16-le"))
    except UnicodeEncodeError:
        raise SecretRefused("The password holds half a character.", "Paste it again.") from None
    if needed_bytes > MOST_BYTES:
        raise SecretRefused(
            f"The password is longer than the {MOST_BYTES // 2:,} characters a store takes.",
            "Use a shorter one, such as an access key in place of a token.",
        )


def _state_of(error: Exception) -> SecretsState:
    from keyring.errors import InitError, KeyringLocked, NoKeyringError

    if isinstance(error, NoKeyringError):
        return _none()
    if isinstance(error, KeyringLocked | InitError):
        return SecretsState(
            "locked",
            "",
            "The system's password store is locked.",
            "Unlock it and test again. Until then passwords are kept until the app ends.",
        )
    return SecretsState(
        "refused",
        "",
        f"The system's password store does not work ({type(error).__name__}).",
        "Restart the computer; passwords are kept until the app ends meanwhile.",
    )


def _silent() -> SecretsState:
    return SecretsState(
        "locked",
        "",
        "The system's password store does not answer.",
        "Look for a window that asks for its password, then test again.",
    )


def _none() -> SecretsState:
    return SecretsState(
        "none",
        "",
        "This system has no password store, so passwords are kept until the app ends.",
        "On Linux, GNOME Keyring or KWallet provides one.",
    )


def _refused(what: str) -> SecretsState:
    return SecretsState(
        "refused",
        what,
        f"The password store that is set up ({what}) does not protect what it keeps.",
        "Remove it from keyringrc.cfg or PYTHON_KEYRING_BACKEND. Until then passwords are kept"
        " until the app ends.",
    )
