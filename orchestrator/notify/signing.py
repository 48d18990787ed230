"""Sign webhooks and check signatures, by the Standard Webhooks specification.

The signature is HMAC-SHA256 over ``id.timestamp.body`` under a secret of 32 random bytes, in
base64 after ``v1,``: https://github.com/standard-webhooks/standard-webhooks.  There are
libraries that check it in most languages.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping

from orchestrator.errors import SecretRefused
from orchestrator.notify.errors import SignatureRefused
from orchestrator.secrets import Secret

TOLERANCE_S = 300
"""A message that is further from the receiver's clock was kept back, or is played again."""
_PREFIX = "whsec_"
_LEAST_BYTES = 24
_ADVICE = "Do not act on it; answer 400."
SeenBefore = Callable[[str], bool]
"""Takes note of a message's id and returns whether it was there already."""


def new_secret() -> Secret:
    """Return a secret that one sender and one receiver share."""
    return Secret(_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode())


def sign(secret: Secret, message_id: str, timestamp_s: int, body: bytes) -> dict[str, str]:
    """Return the headers that go with ``body``.

    Raises:
        SecretRefused: the secret is none of ours.
    """
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp_s),
        "webhook-signature": _signature(_key(secret), message_id, str(timestamp_s), body),
    }


def verify(
    secret: Secret,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now_s: float,
    seen_before: SeenBefore = lambda _: False,
) -> str:
    """Return the id of a message that was signed with ``secret``, lately, and never seen before.

    Args:
        secret: what sender and receiver share.
        headers: of the request; names in any case.
        body: exactly as it arrived, before anything parses it.
        now_s: seconds since 1970 by the receiver's clock.
        seen_before: remembers ids for at least twice :data:`TOLERANCE_S`; asked last, so that
            only what is genuine is remembered.

    Raises:
        SignatureRefused: it is not genuine, not fresh, or was there already.
        SecretRefused: the secret is none of ours.
    """
    told = {name.lower(): value for name, value in headers.items()}
    message_id, timestamp = told.get("webhook-id", ""), told.get("webhook-timestamp", "")
    wanted = _signature(_key(secret), message_id, timestamp, body).encode()
    offered = told.get("webhook-signature", "").split(" ")
    # Every one is compared, whole, so that the time it takes tells nothing.
    matches = [hmac.compare_digest(wanted, each.encode()) for each in offered]
    if not message_id or not any(matches):
        raise SignatureRefused("The signature is not that of this message.", _ADVICE)
    is_number = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12
    if not is_number or abs(now_s - int(timestamp)) > TOLERANCE_S:
        raise SignatureRefused("The message was not signed in these minutes.", _ADVICE)
    if seen_before(message_id):
        raise SignatureRefused("The message was there already.", "Answer 200 and do no more.")
    return message_id


def _signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()}"


def _key(secret: Secret) -> bytes:
    text = secret.reveal().strip()
    try:
        key = base64.b64decode(text.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        key = b""
    if not text.startswith(_PREFIX) or len(key) < _LEAST_BYTES:
        raise SecretRefused(
            "This is no secret of a webhook.", f"It begins with {_PREFIX}; make a new one."
        )
    return key
