"""Signing in to Identity Center in the browser leaves a token where the SDK finds it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError
from botocore.session import Session
from botocore.tokens import SSOTokenProvider

from orchestrator.cloud_errors import CredentialsExpired, CredentialsMissing
from orchestrator.fleet.ec2.sso import portal_of, sign_in_by_browser

TOKEN = "what the portal gives"  # noqa: S105  # of a portal that is not there
CONFIG = """
[profile studio]
sso_session = work
sso_account_id = 123456789012
sso_role_name = Editor
region = eu-west-1
[sso-session work]
sso_start_url = https://work.example/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access, other
[profile old]
sso_start_url = https://old.example/start
sso_region = us-east-1
[profile keys]
region = us-east-1
"""


class Portal:
    """Answers as sso-oidc; the user signs in after ``patience`` questions."""

    def __init__(self, patience=2, code="AuthorizationPendingException"):
        self.patience, self.code, self.asked = patience, code, 0

    def register_client(self, **asked):
        self.scopes = asked["scopes"]
        ends = int(datetime(2040, 1, 1, tzinfo=UTC).timestamp())
        return {"clientId": "me", "clientSecret": "s", "clientSecretExpiresAt": ends}

    def start_device_authorization(self, **asked):
        self.start_url = asked["startUrl"]
        return {
            "verificationUriComplete": "https://page.example/?c=AB", "userCode": "AB",
            "deviceCode": "d", "interval": 1, "expiresIn": 60,
        }  # fmt: skip

    def create_token(self, **asked):
        assert asked["deviceCode"] == "d"
        self.asked += 1
        if self.asked <= self.patience:
            raise ClientError({"Error": {"Code": self.code}}, "CreateToken")
        return {"accessToken": TOKEN, "expiresIn": 3600, "refreshToken": "more"}


@pytest.fixture(autouse=True)
def profiles(tmp_path, monkeypatch):
    path = tmp_path / "config"
    path.write_text(CONFIG)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(path))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))


def test_a_portal_is_found_by_the_session_or_the_profile_itself():
    portal = portal_of("studio")
    assert (portal.start_url, portal.region) == ("https://work.example/start", "eu-central-1")
    assert portal.scopes == ("sso:account:access", "other")
    assert portal_of("old").session_name is None
    assert portal_of("keys") is None
    with pytest.raises(CredentialsMissing):
        portal_of("nobody")


def test_the_token_is_found_by_the_sdk():
    cache, shown = {}, []
    service = Portal()
    sign_in_by_browser(
        portal_of("studio"), lambda *told: shown.append(told), lambda: False,
        client=service, cache=cache, pause=lambda _: None,
    )  # fmt: skip
    assert shown == [("https://page.example/?c=AB", "AB")]
    provider = SSOTokenProvider(Session(profile="studio"), cache=cache)
    assert provider.load_token().get_frozen_token().token == TOKEN


def test_who_gives_up_or_waits_too_long_is_not_signed_in():
    for is_given_up, patience in ((lambda: True, 0), (lambda: False, 10_000)):
        with pytest.raises(CredentialsExpired):
            sign_in_by_browser(
                portal_of("studio"), lambda *_: None, is_given_up,
                client=Portal(patience), cache={}, pause=lambda _: None,
            )  # fmt: skip


def test_a_portal_that_wants_less_questions_gets_less():
    pauses = []
    sign_in_by_browser(
        portal_of("studio"), lambda *_: None, lambda: False,
        client=Portal(1, "SlowDownException"), cache={}, pause=pauses.append,
    )  # fmt: skip
    assert pauses == [1, 6]
