"""Password stores for tests, by keyring's own API; some are broken in the way they are named."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class KeptInMemory(KeyringBackend):
    """Works as a store should; refuses what Windows would refuse."""

    priority = -2.0  # never chosen by itself, by whoever else has imported this

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "The stub received bad data", "CredWrite")
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError(service)


class Forgetful(KeptInMemory):
    """Takes everything and gives nothing back."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = "something else"


class Undeleting(KeptInMemory):
    """Says it deleted."""

    def delete_password(self, service: str, username: str) -> None:
        del service, username


class Locked(KeptInMemory):
    """The user dismissed the window that asked for its password."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("Failed to unlock the collection!")


class Talkative(KeptInMemory):
    """Repeats what it was given in its error."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"could not store {password}")


class Hanging(KeptInMemory):
    """Never answers, until the test is over."""

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.over.wait(60)
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.get_password(service, username)
