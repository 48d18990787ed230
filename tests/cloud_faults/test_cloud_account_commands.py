"""All that can be done with the account can be done from a terminal, in words and in JSON."""

import io
import json

import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.fleet.ec2.account import load_cloud
from orchestrator.home import Home
from tests.cloud.region import ACCOUNT

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def home(tmp_path, monkeypatch, region):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    return Home.default()


def said(capsys, *arguments):
    status = main(["cloud", *map(str, arguments), "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (end,) = (line for line in lines if "result" in line or "error" in line)
    return status, end.get("result", end.get("error"))


def words(capsys, *arguments):
    main(["cloud", *map(str, arguments)])
    shown = capsys.readouterr()
    return shown.out + shown.err


def test_an_account_from_sign_in_to_removal(region, home, capsys):
    status, connection = said(capsys, "status")
    assert (status, connection["state"]) == (Exit.NOT_READY, "none")
    status, error = said(capsys, "doctor")
    assert (status, error["reason"]) == (Exit.NOT_READY, "credentials_missing")

    status, connection = said(capsys, "sign-in", "--default", "--region", "us-east-1")
    assert (status, connection["state"]) == (Exit.DONE, "not set up")
    assert connection["account_id"] == ACCOUNT
    assert said(capsys, "doctor")[0] == Exit.NOT_READY
    assert "secondunit cloud setup" in words(capsys, "status")

    status, connection = said(capsys, "setup")
    assert (status, connection["state"]) == (Exit.DONE, "ready")
    assert load_cloud(home).settings.regions_used == ("us-east-1",)
    status, findings = said(capsys, "doctor")
    assert status == Exit.DONE, findings

    status, report = said(capsys, "sweep")
    assert (status, report["removed"]) == (Exit.DONE, [])
    assert "Nothing else of Second Unit" in words(capsys, "sweep", "--dry-run")

    assert said(capsys, "remove")[1] == {"removed": False}
    assert said(capsys, "remove", "--yes") == (Exit.DONE, {"removed": True})
    status, connection = said(capsys, "key-forget")
    assert (status, connection["state"]) == (Exit.DONE, "none")
    assert region.left_behind() == []


def test_the_policy_is_printed_whole_with_and_without_a_sign_in(home, capsys):
    status, result = said(capsys, "policy", "--account", "210987654321")
    assert status == Exit.DONE
    assert ":210987654321:" in result["policy"]
    assert json.loads(result["policy"])["Version"] == "2012-10-17"
    assert said(capsys, "policy", "--account", "12")[0] == Exit.USAGE
    assert said(capsys, "policy")[0] == Exit.NOT_READY
    main(["cloud", "policy", "--account", "210987654321"])
    assert json.loads(capsys.readouterr().out)["Statement"]


def test_a_quota_is_shown_asked_for_and_followed(region, home, capsys):
    said(capsys, "sign-in", "--default", "--region", "us-east-1")
    region.quota("L-3819A6DF", 0)
    assert "--request 4" in words(capsys, "quota")
    status, quota = said(capsys, "quota", "--request", 4)
    assert (status, quota["request"]["vcpus"]) == (Exit.DONE, 20)
    assert "support case" in words(capsys, "quota", "--request", 4)
    region.decide_quota("L-3819A6DF", "APPROVED")
    assert said(capsys, "quota", "--wait")[1]["vcpus"] == 20


def test_limits_are_kept(home, capsys):
    assert said(capsys, "limits")[1]["job_usd"] is None
    said(capsys, "limits", "--job-usd", "2.50", "--instances", 4, "--fall-back")
    assert said(capsys, "limits", "--month-usd", "30", "--up-mbit", "12.5")[1] == {
        "job_usd": "2.50",
        "month_usd": "30",
        "instances": 4,
        "fall_back": True,
        "up_mbit_per_s": "12.5",
        "down_mbit_per_s": None,
    }
    said(capsys, "limits", "--job-usd", "0", "--no-fall-back", "--up-mbit", "0")
    limits = load_cloud(home).settings.limits
    assert (limits.job_usd, limits.fall_back, limits.up_mbit_per_s) == (None, False, None)
    assert "no cap" in words(capsys, "limits")


@pytest.mark.parametrize("amount", ["-1", "nan", "inf", "much", "1e9"])
@pytest.mark.parametrize("option", ["--job-usd", "--up-mbit"])
def test_an_amount_that_is_none_is_not_understood(home, capsys, option, amount):
    with pytest.raises(SystemExit):
        main(["cloud", "limits", f"{option}={amount}"])
    capsys.readouterr()


def test_keys_from_a_pipe_are_not_left_anywhere(home, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("AKIAIOSFODNN7EXAMPLE\nwJalrXUtnFEMIK7MDENGbPx\n"))
    text = words(capsys, "sign-in", "--keys", "--region", "us-east-1")
    assert "wJalr" not in text + (home.root / "cloud.json").read_text("utf-8")
    assert "keys are gone when this command ends" in text  # there is no store in a test
    monkeypatch.setattr("sys.stdin", io.StringIO("what\nis this\n"))
    assert said(capsys, "sign-in", "--keys")[0] == Exit.USAGE


def test_ways_to_sign_in_do_not_mix(home, capsys):
    assert said(capsys, "sign-in", "--keys", "--default")[0] == Exit.USAGE
    assert said(capsys, "sign-in", "--profile", "nobody")[0] == Exit.NOT_READY
    assert said(capsys, "sign-in", "--profile", "nobody", "--browser")[0] == Exit.NOT_READY
    assert said(capsys, "sign-in") == (Exit.DONE, [])
    assert not (home.root / "cloud.json").exists()


def test_an_expired_sign_in_says_what_to_do(region, home, capsys):
    said(capsys, "sign-in", "--default", "--region", "us-east-1")
    region.expire_credentials()
    status, error = said(capsys, "quota")
    assert (status, error["reason"]) == (Exit.NOT_READY, "credentials_expired")
    status, connection = said(capsys, "status")
    assert (status, connection["state"]) == (Exit.NOT_READY, "signed out")


def test_receipts_are_none_and_a_drill_is_asked_for_twice(region, home, capsys):
    said(capsys, "sign-in", "--default", "--region", "us-east-1")
    status, costs = said(capsys, "receipts")
    assert (status, costs["receipts"], costs["month_usd"]) == (Exit.DONE, [], "0")
    assert said(capsys, "receipts", "nothing")[0] == Exit.USAGE
    assert said(capsys, "fire-drill") == (Exit.DONE, {"drilled": False})
    assert region.hosts() == []
