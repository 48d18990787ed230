"""A render in the account from a terminal: quoted, rendered, billed, and nothing is left."""

import json
import shutil
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.fleet.ec2.image import baked_images
from orchestrator.fleet.ec2.ledger import EndedInstance, Launched, Ledger
from orchestrator.fleet.ec2.policy import user_policy
from orchestrator.fleet.ec2.receipt import receipts
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from tests.clips import barcodes_of
from tests.cloud.policies import Ask, allows, concerns
from tests.cloud.region import ACCESS_KEY
from tests.cloud_faults.test_cloud_from_desk import original, rig
from tests.cloud_faults.test_cloud_money import OLD, make_one_of_each

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


NOT_CALLED_AS_NAMED = {
    "s3:DeleteObjectVersion": "DeleteObjects with versions",
    "iam:TagRole": "CreateRole with tags",
    "sqs:TagQueue": "CreateQueue with tags",
}
CALLED_ELSEWHERE = {
    "ec2:DescribeSnapshots", "ec2:DeleteFleets", "s3:ListMultipartUploadParts",
    "sqs:ReceiveMessage",
}  # fmt: skip
"""By fleets that last, broken uploads and dead letters: not in this story."""


def asks_in(calls):
    """Return what calls needed to be allowed; those of this machine's own key."""
    found = {}
    for call in calls:
        for one in call["asks"] if call["access_key"] == ACCESS_KEY else ():
            context = {key: tuple(values) for key, values in one["context"].items()}
            found[json.dumps(one, sort_keys=True)] = Ask(one["action"], one["resource"], context)
    return list(found.values())


def test_a_whole_story_from_sign_in_to_removal_needs_the_policy_and_all_of_it(
    rig, home, clip, tmp_path, capsys
):
    """Under the policy alone; what it allows and nobody asks for would be too much."""
    region, out = rig.region, tmp_path / "out.mp4"
    region.limit(user_policy(rig.account))
    began = len(region.calls())
    said(capsys, "cloud", "sign-in", "--default", "--region", rig.account.region)
    assert said(capsys, "cloud", "setup")[0] == Exit.DONE
    assert said(capsys, "cloud", "doctor")[0] == Exit.DONE
    region.quota("L-3819A6DF", 64)
    assert said(capsys, "cloud", "quota", "--request", "32")[0] == Exit.DONE

    calls = region.calls()[began:]

    region.unlimit()
    # moto reads no conditions: "nothing in the clear" would be "nothing" to it
    rig.clients("s3").delete_bucket_policy(Bucket=rig.account.bucket)
    region.limit(user_policy(rig.account))
    began = len(region.calls())
    status, told, _ = said(capsys, "cloud", "quote", clip, "--deadline", "2h")
    assert status == Exit.DONE
    assert [(each["wish"], each["instances"]) for each in told["picks"]] == [("deadline", 1)]
    assert told["lines"][0]["instances"] == 1
    assert told["lines"][0]["is_guess"]
    assert float(told["lines"][0]["usd"][0]) > 0

    asked = ["render", clip, "--engine", "identity", "--output", out, "--segment-frames", "20"]
    where = ["--on", "aws", "--instances", "1", "--budget-usd", "1.50", "--deadline", "2h"]
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

    status, image, _ = said(capsys, "cloud", "bake")
    assert (status, image["fits"]) == (Exit.DONE, True)
    (listed,) = said(capsys, "cloud", "images")[1]
    assert listed == image
    assert said(capsys, "cloud", "images", "--forget", image["image_id"])[1] == []
    calls += region.calls()[began:]

    region.unlimit()
    rig.check_nothing_is_left()
    make_one_of_each(rig.clients, rig.account, OLD, life_s=-1000)
    region.limit(user_policy(rig.account))
    began = len(region.calls())
    status, report, _ = said(capsys, "cloud", "sweep", "--everything")
    assert (status, report["failed"], report["unseen"]) == (Exit.DONE, [], [])
    assert said(capsys, "cloud", "bake")[0] == Exit.DONE
    region.time_scale(300)
    status, drilled, _ = said(capsys, "cloud", "fire-drill", "--yes")
    assert {each["layer"] for each in drilled["lines"] if each["ended_after_s"]} >= {
        "first order", "schedule", "sweep",
    }  # fmt: skip
    rig.wait_until_all_ended()
    assert said(capsys, "cloud", "remove", "--yes")[0] == Exit.DONE
    assert baked_images(rig.clients) == ()
    calls += region.calls()[began:]

    document, needed = json.loads(user_policy(rig.account)), asks_in(calls)
    assert [ask for ask in needed if not allows([document], ask)] == []
    statements = document["Statement"]
    idle = [each["Sid"] for each in statements if not any(concerns(each, a) for a in needed)]
    assert idle == []
    used = {ask.action for ask in needed} | set(NOT_CALLED_AS_NAMED) | CALLED_ELSEWHERE
    named = {action for each in statements for action in _several(each["Action"])}
    assert sorted(named - used) == []


def _several(value):
    return value if isinstance(value, list) else [value]


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
    (job_id,) = list_jobs(home)
    left_behind(home, rig, job_id)
    assert said(capsys, "cancel", "last")[0] == Exit.DONE
    rig.check_nothing_is_left()
    (receipt,) = receipts(home)
    assert [(line.instance_id, line.how) for line in receipt.instances] == [("i-1", "lost")]
    assert receipt.proof.holds


def left_behind(home, rig, job_id):
    """Write into a job's list an instance that it had, as a killed run does."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    ledger = Ledger(home.job(job_id) / "launches.jsonl")
    launched = Launched(
        lease_id="lease-1",
        token=job_id,
        instance_id="i-1",
        instance_type="g6.xlarge",
        zone="us-east-1a",
        region=rig.account.region,
        market="spot",
        usd_per_hour=Decimal("0.26"),
        on_demand_usd_per_hour=Decimal("0.8"),
        at=at,
    )
    ledger.write(launched)
    ledger.write(EndedInstance(instance_id="i-1", how="lost", at=at))
    ledger.close()
