"""Read whose certificates are trusted at a cluster's own storage and queue, and check them."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from orchestrator.errors import RequestRefused

MOST_BYTES = 512 << 10
"""Of a ConfigMap, which carries them to the pods and holds 1 MiB in all."""
SOON_DAYS = 30
_CHOOSE = "Choose the PEM file with the certificate of who signs those of storage and queue."


def authorities_of(path: str, *, now: datetime | None = None) -> tuple[x509.Certificate, ...]:
    """Return the certificates in a file, or none where no file is chosen.

    Raises:
        RequestRefused: it is not there, holds no certificates or more than that, or all are over.
    """
    if not path:
        return ()
    found = _certificates(path, _bytes_of(path))
    moment = now or datetime.now(UTC)
    if all(each.not_valid_after_utc < moment for each in found):
        newest = max(each.not_valid_after_utc for each in found)
        raise RequestRefused(
            f"The certificates in {Path(path).name} ended on {newest:%Y-%m-%d}.",
            "Ask whoever runs storage and queue for the new file, then choose that.",
        )
    if all(each.not_valid_before_utc > moment for each in found):
        first = min(each.not_valid_before_utc for each in found)
        raise RequestRefused(
            f"The certificates in {Path(path).name} begin on {first:%Y-%m-%d}.",
            "Check this computer's clock.",
        )
    return found


def as_pem(certificates: tuple[x509.Certificate, ...]) -> str:
    """Return certificates as the text of one file, and nothing that lay beside them."""
    return b"".join(each.public_bytes(Encoding.PEM) for each in certificates).decode("ascii")


def ends_soonest(certificates: tuple[x509.Certificate, ...]) -> datetime:
    """Return when the first of them ends, UTC."""
    return min(each.not_valid_after_utc for each in certificates)


def _bytes_of(path: str) -> bytes:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise RequestRefused(
            f"The certificate file {path} cannot be read: {error.strerror}.", _CHOOSE
        ) from error
    if len(data) > MOST_BYTES:
        raise RequestRefused(
            f"{Path(path).name} is too large to be given to pods ({len(data) >> 10} KiB).", _CHOOSE
        )
    return data


def _certificates(path: str, data: bytes) -> tuple[x509.Certificate, ...]:
    name = Path(path).name
    if b"PRIVATE KEY-----" in data:
        raise RequestRefused(
            f"{name} holds a private key, which nobody but its owner may have.", _CHOOSE
        )
    if b"-----BEGIN CERTIFICATE-----" not in data:
        raise RequestRefused(f"{name} holds no certificate in PEM form.", _CHOOSE)
    try:
        with warnings.catch_warnings():  # of a certificate's oddities others may judge
            warnings.simplefilter("ignore")
            return tuple(x509.load_pem_x509_certificates(data))
    except ValueError as error:
        raise RequestRefused(f"A certificate in {name} is damaged.", _CHOOSE) from error
