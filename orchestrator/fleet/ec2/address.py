"""Ask under which address this machine is seen: the door to instances is opened for it alone."""

from __future__ import annotations

import http.client
import ipaddress
import os
import urllib.error
import urllib.request

from orchestrator.cloud_errors import CloudUnreachable

CHECK_IP = "https://checkip.amazonaws.com"
_VARIABLE = "SECONDUNIT_CHECK_IP_URL"
"""Names another service that answers with the caller's address and nothing else."""
_ANSWER_S = 8.0
_MOST_BYTES = 64


def my_address() -> str:
    """Return the IPv4 address that AWS sees this machine under.

    Raises:
        CloudUnreachable: nobody tells.
    """
    url = os.environ.get(_VARIABLE, CHECK_IP)
    if not url.startswith(("https://", "http://")):
        raise CloudUnreachable(f"{_VARIABLE} names no address of the web.", "Remove it.")
    try:
        with urllib.request.urlopen(url, timeout=_ANSWER_S) as answer:  # noqa: S310  # see above
            told = answer.read(_MOST_BYTES).decode("ascii", "replace").strip()
        return str(ipaddress.IPv4Address(told))
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise CloudUnreachable(
            "Nobody tells under which address this computer is seen.",
            "It is tried again; a firewall may keep checkip.amazonaws.com away.",
        ) from error
