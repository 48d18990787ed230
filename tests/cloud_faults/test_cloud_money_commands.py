"""A render in the account from a terminal: quoted, rendered, billed, and nothing is left."""

import json
import shutil

import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.home import Home
from tests.clips import barcodes_of
from tests.cloud_faults.test_cloud_from_desk import original, rig

__all__ = ["original", "rig"]
pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    return Home.default()


@pytest.fixture
def clip(original, tmp_path):
    return shutil.copy2(original.record.request.source_path, tmp_path / "clip.mp4")


def said(capsys, *arguments):
    status = main([*map(str, arguments), "--json"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    ends = [line for line in lines if "result" in line or "error" in line]
    return status, ends[-1].get("result", ends[-1].get("error")), lines


def test_a_video_is_quoted_rendered_and_billed(rig, home, clip, tmp_path, capsys):
    out = tmp_path / "out.mp4"
    said(capsys, "cloud", "sign-in", "--default", "--region", rig.account.region)
    status, told, _ = said(capsys, "cloud", "quote", clip)
    assert status == Exit.DONE
    assert told["lines"][0]["instances"] == 1
    assert told["lines"][0]["is_guess"]
    assert float(told["lines"][0]["usd"][0]) > 0

    asked = ["render", clip, "--engine", "identity", "--output", out, "--segment-frames", "20"]
    where = ["--on", "aws", "--instances", "1", "--budget-usd", "1.50"]
    status, line, lines = said(capsys, *asked, *where)
    assert (status, line["phase"]) == (Exit.DONE, "done")
    assert barcodes_of(out) == list(range(120))
    details = [each["progress"]["detail"] for each in lines if "progress" in each]
    assert any("$0.0" in each and "of $1.5" in each for each in details)
    receipt = line["receipt"]
    assert (receipt["left"], len(receipt["lines"])) == ([], 1)
    assert 0 < float(receipt["usd"]) < float(receipt["on_demand_usd"])

    status, costs, _ = said(capsys, "cloud", "receipts")
    assert status == Exit.DONE
    assert [each["job_id"] for each in costs["receipts"]] == [line["job"]]
    assert main(["cloud", "receipts", line["job"]]) == Exit.DONE
    shown = capsys.readouterr().out
    assert "Nothing of it is left" in shown
    assert "less than on demand" in shown
    rig.wait_until_all_ended()
    rig.check_nothing_is_left()


def test_what_does_not_work_in_the_account_is_said_before_anything_is_made(rig, home, clip, capsys):
    asked = ["render", clip, "--engine", "identity"]
    assert said(capsys, *asked, "--budget-usd", "2")[0] == Exit.USAGE
    status, error, _ = said(capsys, *asked, "--on", "aws")
    assert (status, error["reason"]) == (Exit.NOT_READY, "credentials_missing")
    assert list(home.jobs.iterdir()) == []


def test_a_budget_that_pays_for_nothing_ends_the_job_by_name(rig, home, clip, capsys):
    said(capsys, "cloud", "sign-in", "--default", "--region", rig.account.region)
    asked = ["render", clip, "--engine", "identity", "--on", "aws", "--budget-usd", "0.001"]
    status, error, _ = said(capsys, *asked)
    assert (status, error["reason"]) == (Exit.FAILED, "budget_reached")
    assert rig.region.hosts() == []
    assert said(capsys, "cancel", "last")[0] == Exit.DONE
    rig.check_nothing_is_left()
