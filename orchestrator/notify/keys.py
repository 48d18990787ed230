"""Find the secrets of receivers: in the password store, or where a service manager puts them."""

from __future__ import annotations

import os
from pathlib import Path

from orchestrator.errors import SecretsUnavailable
from orchestrator.notify.receivers import Receiver, secret_name
from orchestrator.secrets import Secret, Secrets

_MOST_BYTES = 4096


class Keys:
    """Secrets by receiver; reads only, and waits for the password store."""

    def __init__(self, secrets: Secrets | None = None) -> None:
        """Use ``secrets``, or the system's password store."""
        self._secrets = secrets or Secrets()

    def of(self, receiver: Receiver) -> Secret | None:
        """Return the secret of a receiver, or None when there is none.

        A server has no password store.  There systemd (``LoadCredential=``) and Kubernetes (a
        mounted secret) give a folder of files by ``CREDENTIALS_DIRECTORY``; a file in it that
        has the secret's name counts first.

        Raises:
            SecretsUnavailable: the store is missing, locked or silent.
        """
        given = _given(secret_name(receiver))
        return given if given is not None else self._secrets.get(secret_name(receiver))

    def keep(self, receiver: Receiver, secret: Secret) -> None:
        """Keep a secret in the password store.

        Raises:
            SecretRefused: it is empty or too long.
            SecretsUnavailable: there is no store; the advice tells what a server does instead.
        """
        try:
            self._secrets.put(secret_name(receiver), secret)
        except SecretsUnavailable as error:
            raise SecretsUnavailable(
                error.sentence,
                f"{error.advice} On a server, give a folder by CREDENTIALS_DIRECTORY that holds "
                f"the secret in a file called {secret_name(receiver)}.",
            ) from error

    def forget(self, receiver: Receiver) -> None:
        """Delete a secret from the password store; safe to perform twice.

        Raises:
            SecretsUnavailable: it may still be there.
        """
        self._secrets.remove(secret_name(receiver))


def is_given(receiver: Receiver) -> bool:
    """Return whether a service manager gives the receiver's secret."""
    return _given(secret_name(receiver)) is not None


def _given(name: str) -> Secret | None:
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return None
    try:
        with (Path(folder) / name).open("rb") as file:
            text = file.read(_MOST_BYTES).decode().strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Secret(text) if text else None
