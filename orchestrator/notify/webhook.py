"""Tell one program by HTTPS: signed, in one request, without following it anywhere else."""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import time
from typing import Any

from orchestrator.notify.errors import NotTold
from orchestrator.notify.receivers import Webhook, is_loopback, require_url
from orchestrator.notify.signing import sign
from orchestrator.notify.tidings import Tiding
from orchestrator.notify.words import worded
from orchestrator.secrets import Secret
from remote_worker.contract.coding import to_plain

TIMEOUT_S = 20.0
VERSION = 1
_MOST_ANSWER_BYTES = 1 << 14
_LONGEST_WAIT_S = 3600.0
_FOR_GOOD = frozenset({400, 401, 403, 404, 405, 410, 413, 415, 422, 501})
"""Answers that trying again will not change."""


def tell_webhook(
    webhook: Webhook,
    tiding: Tiding,
    secret: Secret,
    *,
    trust: ssl.SSLContext | None = None,
    timeout_s: float = TIMEOUT_S,
) -> None:
    """Send ``tiding`` and return when the receiver took it.

    Addresses of a private network are allowed: whoever sets the webhook is the user of this
    computer, and a server at home or in a studio is what many have.  Those that only reach the
    computer's own link, such as a cloud's metadata service, are refused.

    Raises:
        NotTold: the receiver did not take it.
        RequestRefused: the address is none that messages go to.
        SecretRefused: the secret is none of a webhook.
    """
    parts = require_url(webhook.url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    _require_reachable(host, port)
    body = body_of(tiding, webhook)
    headers = sign(secret, tiding.tiding_id, int(time.time()), body)
    headers |= {"content-type": "application/json", "user-agent": "SecondUnit"}
    _judge(*_post(webhook.url, body, headers, trust, timeout_s, direct=is_loopback(host)))


def body_of(tiding: Tiding, webhook: Webhook) -> bytes:
    """Return what is sent; names of files go without their folders."""
    said = worded(tiding, webhook.language)
    plain = {
        "version": VERSION,
        "type": f"render.{tiding.occasion}",
        "timestamp": tiding.happened_at,
        "data": to_plain(tiding) | {"subject": said.subject, "text": said.body},
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()


def _post(
    url: str,
    body: bytes,
    headers: dict[str, str],
    trust: ssl.SSLContext | None,
    timeout_s: float,
    *,
    direct: bool,
) -> tuple[int, str]:
    """Return the answer's status and how long it wants to be left alone."""
    import httpx

    try:
        with (
            # A proxy that the system names may lie between here and the world, not on loopback.
            httpx.Client(
                verify=trust or True,
                timeout=timeout_s,
                follow_redirects=False,
                trust_env=not direct,
            ) as client,
            client.stream("POST", url, content=body, headers=headers) as answer,
        ):
            _drain(answer)
            return answer.status_code, answer.headers.get("retry-after", "")
    except httpx.HTTPError as error:
        raise NotTold(
            f"The webhook's receiver could not be reached ({_why(error)}).",
            "Check the address and that its server runs.",
            retry=True,
        ) from error


def _drain(answer: Any) -> None:
    """Read a little of the answer and no more: it is of no use, and may never end."""
    read = 0
    for part in answer.iter_raw(4096):
        read += len(part)
        if read > _MOST_ANSWER_BYTES:
            return


def _why(error: Exception) -> str:
    cause = error.__cause__ or error.__context__ or error
    return str(cause).splitlines()[0][:200] if str(cause) else type(error).__name__


def _judge(status: int, retry_after: str) -> None:
    if 200 <= status < 300:
        return
    if 300 <= status < 400:
        raise NotTold(
            f"The webhook's receiver sends messages on to another address ({status}).",
            "Set the address that it points to: nothing is sent on unseen.",
            retry=False,
        )
    seconds = float(retry_after) if retry_after.isascii() and retry_after.isdecimal() else 0.0
    raise NotTold(
        f"The webhook's receiver answered with {status}.",
        "Look into the receiver's log.",
        retry=status not in _FOR_GOOD,
        after_s=min(seconds, _LONGEST_WAIT_S),
    )


def _require_reachable(host: str, port: int) -> None:
    """Return when every address of ``host`` is one that messages go to."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotTold(
            f"The webhook's host {host[:100]} is not known.",
            "Check the address and the network.",
            retry=True,
        ) from error
    for *_, where in found:
        address = ipaddress.ip_address(str(where[0]).partition("%")[0])
        unmapped = getattr(address, "ipv4_mapped", None) or address
        if unmapped.is_link_local or unmapped.is_multicast or unmapped.is_unspecified:
            raise NotTold(
                f"The webhook's host is at {unmapped}, where no message is sent.",
                "Use the server's own address.",
                retry=False,
            )
