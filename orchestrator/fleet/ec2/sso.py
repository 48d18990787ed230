"""Sign in to Identity Center in the browser: the device flow, without the AWS tools.

The token is put where the SDK and the AWS tools look for it, so that all of them are signed in.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import botocore.session
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.tokens import SSOTokenProvider
from botocore.utils import JSONFileCache, SSOTokenLoader

from orchestrator.cloud_errors import CredentialsExpired, CredentialsMissing
from orchestrator.fleet.ec2.faults import code_of, named

_CLIENT = "Second Unit"
_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_SLOWER_S = 5.0
_LONGEST_S = 600.0


@dataclass(frozen=True, slots=True)
class Portal:
    """Where the users of one organisation sign in."""

    start_url: str
    region: str
    session_name: str | None
    """None for a profile of the older kind, which names the portal itself."""
    scopes: tuple[str, ...]


def portal_of(profile: str) -> Portal | None:
    """Return the portal of a profile; None when it does not sign in by one.

    Raises:
        CredentialsMissing: there is no such profile.
    """
    whole: Mapping[str, Any] = botocore.session.Session().full_config
    own = whole.get("profiles", {}).get(profile)
    if own is None:
        raise CredentialsMissing(f"There is no profile {profile} any more.", "Choose another one.")
    name = own.get("sso_session")
    told = whole.get("sso_sessions", {}).get(name, {}) if name else own
    if "sso_start_url" not in told or "sso_region" not in told:
        return None
    scopes = str(told.get("sso_registration_scopes", "sso:account:access"))
    return Portal(
        start_url=told["sso_start_url"],
        region=told["sso_region"],
        session_name=name,
        scopes=tuple(each.strip() for each in scopes.split(",")),
    )


def sign_in_by_browser(
    portal: Portal,
    show: Callable[[str, str], None],
    is_given_up: Callable[[], bool],
    *,
    client: Any = None,
    cache: Any = None,
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Have the user sign in at the portal; ``show`` is given the page and the code it shows.

    Raises:
        CredentialsExpired: the user did not sign in in time, or gave up.
        CloudError: the portal does not answer, or refuses.
    """
    oidc = client or botocore.session.Session().create_client(
        "sso-oidc", region_name=portal.region, config=Config(signature_version=UNSIGNED)
    )
    with named("beginning to sign in"):
        known = oidc.register_client(
            clientName=_CLIENT, clientType="public", scopes=list(portal.scopes)
        )
        who = {"clientId": known["clientId"], "clientSecret": known["clientSecret"]}
        begun = oidc.start_device_authorization(**who, startUrl=portal.start_url)
    show(begun["verificationUriComplete"], begun["userCode"])
    answer = _awaited(oidc, {**who, "deviceCode": begun["deviceCode"]}, begun, is_given_up, pause)
    ends = datetime.now(UTC) + timedelta(seconds=int(answer["expiresIn"]))
    registered_until = datetime.fromtimestamp(known["clientSecretExpiresAt"], UTC)
    token = {
        "startUrl": portal.start_url,
        "region": portal.region,
        "accessToken": answer["accessToken"],
        "expiresAt": _written(ends),
        **who,
        "registrationExpiresAt": _written(registered_until),
    }
    if "refreshToken" in answer:
        token["refreshToken"] = answer["refreshToken"]
    kept = cache if cache is not None else JSONFileCache(SSOTokenProvider._SSO_TOKEN_CACHE_DIR)
    SSOTokenLoader(cache=kept).save_token(portal.start_url, token, portal.session_name)


def _awaited(
    oidc: Any,
    asked: Mapping[str, str],
    begun: Mapping[str, Any],
    is_given_up: Callable[[], bool],
    pause: Callable[[float], None],
) -> Mapping[str, Any]:
    """Ask for the token until the user has signed in."""
    every_s = float(begun.get("interval", _SLOWER_S))
    left_s = min(_LONGEST_S, float(begun["expiresIn"]))
    while left_s > 0 and not is_given_up():
        pause(every_s)
        left_s -= every_s
        with named("waiting for the sign-in"):
            try:
                answer: Mapping[str, Any] = oidc.create_token(**asked, grantType=_GRANT)
            except ClientError as error:
                if code_of(error) == "SlowDownException":
                    every_s += _SLOWER_S
                elif code_of(error) != "AuthorizationPendingException":
                    raise
            else:
                return answer
    raise CredentialsExpired(
        "Nobody signed in in the browser.", "Try again, and confirm the code that is shown."
    )


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
