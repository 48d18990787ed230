"""Sign in to an account: the ways there are, as values that hold no secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import boto3
import botocore.session
from botocore.credentials import (
    AssumeRoleCredentialFetcher,
    CredentialProvider,
    CredentialResolver,
    DeferredRefreshableCredentials,
)
from botocore.exceptions import BotoCoreError

from orchestrator.cloud_errors import CredentialsMissing
from orchestrator.errors import RequestRefused, SecretRefused
from orchestrator.fleet.ec2.faults import cloud_error
from orchestrator.secrets import Secret, Secrets

SESSION_NAME = "second-unit"
"""What CloudTrail shows for calls by an assumed role."""
_KEYS = "aws-keys"
_KEY_ID_LETTERS = 20
_TEMPORARY = "ASIA"
"""What key ids begin with that come with a token and end within hours."""


@dataclass(frozen=True, slots=True)
class ByDefault:
    """Whatever the SDK finds by itself: its environment variables, the default profile."""

    kind: ClassVar[str] = "default"


@dataclass(frozen=True, slots=True)
class ByProfile:
    """A profile of ``~/.aws``: keys, Identity Center, ``aws login``, a process, a role."""

    profile: str
    kind: ClassVar[str] = "profile"


@dataclass(frozen=True, slots=True)
class ByRole:
    """A role that is assumed from a profile, and again before it ends."""

    role_arn: str
    profile: str = ""
    """Empty: from what the SDK finds by itself."""
    external_id: str = ""
    kind: ClassVar[str] = "role"


@dataclass(frozen=True, slots=True)
class ByKeys:
    """Access keys that the system's password store keeps for the app."""

    ends_with: str
    """The last letters of the key's id, to tell keys apart."""
    kind: ClassVar[str] = "keys"


Way = ByDefault | ByProfile | ByRole | ByKeys
_KINDS: dict[str, type[Any]] = {each.kind: each for each in (ByDefault, ByProfile, ByRole, ByKeys)}
ProfileKind = Literal["identity-center", "aws-login", "role", "keys", "process", "other"]


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """One profile of this user, by how it signs in; nothing secret of it."""

    name: str
    kind: ProfileKind
    region: str
    """Empty where it names none."""


def session_of(way: Way, region: str, secrets: Secrets) -> boto3.Session:
    """Return a session that signs by ``way``; nothing is asked of AWS yet.

    Without a ``region`` it has that of the profile or the environment, if they name one.

    Raises:
        CredentialsMissing: there is no such profile, or no keys are kept.
        SecretsUnavailable: the password store does not answer.
    """
    try:
        match way:
            case ByDefault():
                return boto3.Session(region_name=region or None)
            case ByProfile(profile):
                return boto3.Session(profile_name=profile, region_name=region or None)
            case ByRole():
                return _assumed(way, region)
            case ByKeys():
                return _by_keys(region, secrets)
    except BotoCoreError as error:
        raise cloud_error(error, "signing in") from error


def words_of(way: Way) -> str:
    """Return how a way is called in a sentence."""
    match way:
        case ByDefault():
            return "what the AWS SDK finds by itself"
        case ByProfile(profile):
            return f"profile {profile}"
        case ByRole(role_arn):
            return f"role {role_arn.rpartition('/')[2]}"
        case ByKeys(ends_with):
            return f"access keys ending in {ends_with}"


def known_profiles() -> tuple[KnownProfile, ...]:
    """Return the profiles of this user, in order of name; none where no file is readable."""
    try:
        found = botocore.session.Session().full_config.get("profiles", {})
    except BotoCoreError:
        return ()
    return tuple(
        KnownProfile(name, _kind_of(found[name]), str(found[name].get("region", "")))
        for name in sorted(found)
    )


def keep_keys(secrets: Secrets, key_id: str, secret_key: Secret) -> ByKeys:
    """Keep access keys in the password store and return the way to sign in by them.

    Where there is no such store they are kept until the app ends; ``secrets.in_session()``
    tells.

    Raises:
        SecretRefused: these are no access keys, or temporary ones; nothing was kept.
    """
    key_id = key_id.strip()
    if key_id.startswith(_TEMPORARY):
        raise SecretRefused(
            "These keys end within hours and come with a token.",
            "Choose the profile that makes them instead: it is followed when they change.",
        )
    whole = key_id.isalnum() and key_id.isupper() and len(key_id) >= _KEY_ID_LETTERS
    if not whole or len(secret_key.reveal().strip()) < _KEY_ID_LETTERS:
        raise SecretRefused(
            "These are no access keys.", "Paste the key's id, which begins with AKIA, and its key."
        )
    both = Secret(json.dumps([key_id, secret_key.reveal().strip()]))
    secrets.put(_KEYS, both, session_only=secrets.state().kind != "ready")
    return ByKeys(key_id[-4:])


def forget_keys(secrets: Secrets) -> None:
    """Delete the access keys from the password store; safe to perform twice.

    Raises:
        SecretsUnavailable: the store does not answer; it may still hold them.
    """
    secrets.remove(_KEYS)


def way_to_plain(way: Way) -> dict[str, str]:
    """Return a way as JSON; there is no secret in it."""
    return {"kind": way.kind, **{name: getattr(way, name) for name in way.__slots__}}


def way_of_plain(plain: Mapping[str, Any]) -> Way:
    """Return the way that JSON names.

    Raises:
        RequestRefused: it names none.
    """
    told = {name: value for name, value in plain.items() if name != "kind"}
    try:
        if not all(isinstance(value, str) for value in told.values()):
            raise TypeError("a way is told in words")
        way: Way = _KINDS[plain["kind"]](**told)
    except (KeyError, TypeError) as error:
        raise RequestRefused(
            "How to sign in to AWS is not understood.", "Sign in: 'secondunit cloud sign-in'."
        ) from error
    return way


def _kind_of(profile: Mapping[str, Any]) -> ProfileKind:
    kinds: tuple[tuple[str, ProfileKind], ...] = (
        ("role_arn", "role"),
        ("sso_session", "identity-center"),
        ("sso_start_url", "identity-center"),
        ("login_session", "aws-login"),
        ("credential_process", "process"),
        ("aws_access_key_id", "keys"),
    )
    return next((kind for name, kind in kinds if name in profile), "other")


def _by_keys(region: str, secrets: Secrets) -> boto3.Session:
    kept = secrets.get(_KEYS)
    if kept is None:
        raise CredentialsMissing(
            "The access keys are not in the password store any more.",
            "Sign in again: 'secondunit cloud sign-in --keys'.",
        )
    key_id, secret_key = json.loads(kept.reveal())
    return boto3.Session(
        aws_access_key_id=key_id, aws_secret_access_key=secret_key, region_name=region or None
    )


def _assumed(way: ByRole, region: str) -> boto3.Session:
    """Return a session whose credentials are asked for when first needed, and renewed."""
    source = botocore.session.Session(profile=way.profile or None)
    if region:
        source.set_config_variable("region", region)
    credentials = source.get_credentials()
    if credentials is None:
        raise CredentialsMissing(
            "Nobody is signed in to assume the role.", "Choose a profile to assume it from."
        )
    more = {"RoleSessionName": SESSION_NAME}
    more |= {"ExternalId": way.external_id} if way.external_id else {}
    fetcher = AssumeRoleCredentialFetcher(
        client_creator=source.create_client,
        source_credentials=credentials,
        role_arn=way.role_arn,
        extra_args=more,
    )
    assumed = botocore.session.Session()
    assumed.register_component("credential_provider", CredentialResolver([_Renewing(fetcher)]))
    found = region or source.get_config_variable("region")
    return boto3.Session(botocore_session=assumed, region_name=found)


class _Renewing(CredentialProvider):  # type: ignore[misc] # the SDK carries no types
    """Gives the credentials of an assumed role, and new ones before they end."""

    METHOD = "assume-role"

    def __init__(self, fetcher: AssumeRoleCredentialFetcher) -> None:
        super().__init__()
        self._fetcher = fetcher

    def load(self) -> DeferredRefreshableCredentials:
        """Return credentials that are fetched when first used."""
        return DeferredRefreshableCredentials(self._fetcher.fetch_credentials, self.METHOD)
