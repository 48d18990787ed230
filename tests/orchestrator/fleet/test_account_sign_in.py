"""Ways to sign in are values without secrets, kept and found again."""

import json
import logging
from decimal import Decimal

import keyring
import pytest
from botocore.exceptions import (
    ClientError,
    LoginRefreshRequired,
    MissingDependencyException,
    SSOTokenLoadError,
    UnauthorizedSSOTokenError,
)

from orchestrator import secrets as secrets_module
from orchestrator.cloud_errors import (
    CapacityRefused,
    CloudRefused,
    CredentialsExpired,
    CredentialsMissing,
)
from orchestrator.errors import RequestRefused, SecretRefused, SettingsRefused
from orchestrator.fleet.ec2.account import (
    Cloud,
    CloudSettings,
    Limits,
    change,
    cloud_path,
    load_cloud,
    note_region,
    save_cloud,
)
from orchestrator.fleet.ec2.faults import cloud_error, refusal
from orchestrator.fleet.ec2.sign_in import (
    ByDefault,
    ByKeys,
    ByProfile,
    ByRole,
    KnownProfile,
    forget_keys,
    keep_keys,
    known_profiles,
    session_of,
    way_of_plain,
    way_to_plain,
    words_of,
)
from orchestrator.home import Home
from orchestrator.secrets import Secret, Secrets
from tests.fakes.stores_for_secrets import KeptInMemory

KEY_ID, KEY = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
WAYS = (
    ByDefault(),
    ByProfile("work"),
    ByRole("arn:aws:iam::1:role/x", "work", "e"),
    ByKeys("MPLE"),
)
CONFIG = """
[default]
region = eu-west-1
[profile work]
region = us-east-2
aws_access_key_id = AKIAWORKWORKWORKWORK
aws_secret_access_key = work-secret
[profile film]
sso_session = film
sso_account_id = 1
sso_role_name = x
[sso-session film]
sso_start_url = https://film.example/start
sso_region = us-east-1
[profile browser]
login_session = arn:aws:iam::1:user/x
[profile boss]
role_arn = arn:aws:iam::1:role/boss
source_profile = work
"""


@pytest.fixture
def store(monkeypatch):
    before = keyring.get_keyring()
    made = KeptInMemory()
    kind = (KeptInMemory.__module__, KeptInMemory.__qualname__)
    monkeypatch.setitem(secrets_module._ALLOWED, kind, "a store")
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


@pytest.fixture
def config(tmp_path, monkeypatch):
    file = tmp_path / "config"
    file.write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(file))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID",
                 "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind)
def test_a_way_is_kept_and_found_again(way, home):
    assert way_of_plain(json.loads(json.dumps(way_to_plain(way)))) == way
    settings = CloudSettings(region="us-east-2", limits=Limits(job_usd=Decimal("1.50")))
    save_cloud(home, Cloud(settings, way))
    assert load_cloud(home) == Cloud(settings, way)
    assert words_of(way)


@pytest.mark.parametrize(
    "plain", [{}, {"kind": "magic"}, {"kind": "keys"}, {"kind": "profile", "profile": 7}]
)
def test_a_way_that_is_none_is_refused(plain):
    with pytest.raises(RequestRefused):
        way_of_plain(plain)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"version": 2}', '{"version": 1, "x": 1}'])
def test_a_choice_that_cannot_be_read_is_left_as_it_is(home, text):
    cloud_path(home).write_text(text, encoding="utf-8")
    for ask in (load_cloud, lambda home: note_region(home, "us-east-1")):
        with pytest.raises(SettingsRefused):
            ask(home)
    assert cloud_path(home).read_text(encoding="utf-8") == text


def test_every_region_in_use_is_remembered_once(home):
    for region in ("us-east-1", "us-east-2", "us-east-1"):
        note_region(home, region)
    assert load_cloud(home).settings.regions_used == ("us-east-1", "us-east-2")
    assert change(home, lambda now: now) == load_cloud(home).settings


def test_keys_go_to_the_password_store_and_nowhere_else(home, store, caplog):
    caplog.set_level(logging.DEBUG)
    secrets = Secrets()
    way = keep_keys(secrets, f" {KEY_ID}\n", Secret(f"{KEY} "))
    save_cloud(home, Cloud(CloudSettings(), way))
    assert way == ByKeys("MPLE")
    assert secrets.in_session() == ()
    session = session_of(way, "us-east-1", secrets)
    assert session.get_credentials().secret_key == KEY
    told = repr(session) + repr(way) + cloud_path(home).read_text("utf-8") + caplog.text
    assert KEY not in told
    assert KEY_ID not in told
    forget_keys(secrets)
    forget_keys(secrets)
    assert store.held == {}
    with pytest.raises(CredentialsMissing):
        session_of(way, "us-east-1", secrets)


def test_without_a_store_keys_last_until_the_app_ends():
    secrets = Secrets()
    way = keep_keys(secrets, KEY_ID, Secret(KEY))
    assert secrets.in_session() == ("aws-keys",)
    assert session_of(way, "", secrets).get_credentials().access_key == KEY_ID


@pytest.mark.parametrize(
    ("key_id", "key"),
    [("", KEY), (KEY_ID, ""), ("ASIAIOSFODNN7EXAMPLE", KEY), (KEY, KEY_ID), (KEY_ID, "x" * 3000)],
    ids=["no id", "no key", "temporary", "swapped", "too long"],
)
def test_what_is_no_lasting_key_is_refused_without_repeating_it(key_id, key, store):
    with pytest.raises(SecretRefused) as refused:
        keep_keys(Secrets(), key_id, Secret(key))
    assert not key or key not in refused.value.sentence + refused.value.advice
    assert store.held == {}


def test_profiles_are_listed_by_how_they_sign_in(config):
    assert known_profiles() == (
        KnownProfile("boss", "role", ""),
        KnownProfile("browser", "aws-login", ""),
        KnownProfile("default", "other", "eu-west-1"),
        KnownProfile("film", "identity-center", ""),
        KnownProfile("work", "keys", "us-east-2"),
    )
    assert "work-secret" not in repr(known_profiles())


def test_a_profile_brings_its_region_unless_one_is_named(config):
    assert session_of(ByProfile("work"), "", Secrets()).region_name == "us-east-2"
    assert session_of(ByProfile("work"), "eu-west-3", Secrets()).region_name == "eu-west-3"
    assert session_of(ByDefault(), "", Secrets()).region_name == "eu-west-1"
    role = ByRole("arn:aws:iam::1:role/x", "work")
    assert session_of(role, "", Secrets()).region_name == "us-east-2"


@pytest.mark.parametrize("way", [ByProfile("nobody"), ByRole("arn:aws:iam::1:role/x", "nobody")])
def test_a_profile_that_is_not_there_is_told(config, way):
    with pytest.raises(CredentialsMissing):
        session_of(way, "us-east-1", Secrets())


def test_a_role_cannot_be_assumed_by_nobody(config, monkeypatch):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(CredentialsMissing, match="Nobody"):
        session_of(ByRole("arn:aws:iam::1:role/x"), "us-east-1", Secrets())


OVER = [
    UnauthorizedSSOTokenError(),
    SSOTokenLoadError(error_msg="gone"),
    LoginRefreshRequired(),
    ClientError({"Error": {"Code": "ExpiredToken"}}, "GetCallerIdentity"),
    ClientError({"Error": {"Code": "ExpiredTokenException"}}, "GetQueueUrl"),
    ClientError({"Error": {"Code": "RequestExpired"}}, "RunInstances"),
]


@pytest.mark.parametrize("error", OVER, ids=lambda error: type(error).__name__)
def test_a_sign_in_that_is_over_is_told_as_that(error):
    assert isinstance(cloud_error(error, "looking"), CredentialsExpired)


def test_a_role_that_ec2_does_not_know_yet_is_no_reason_to_give_up():
    words = "Value (secondunit-job-x) for parameter iamInstanceProfile.name is invalid. Invalid"
    told = refusal("InvalidParameterValue", "a pool", f"{words} IAM Instance Profile name")
    assert isinstance(told, CapacityRefused)
    assert isinstance(refusal("InvalidParameterValue", "a pool", "of another kind"), CloudRefused)


def test_a_sign_in_that_needs_more_than_is_installed_says_so():
    error = cloud_error(MissingDependencyException(msg="needs botocore[crt]"), "looking")
    assert isinstance(error, CredentialsMissing)
    assert "botocore[crt]" in error.sentence
