"""Regions are compared by what work costs there, and one is chosen that can be rendered in."""

import json
from dataclasses import replace
from decimal import Decimal

import boto3
import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.cloud import Cloud
from orchestrator.cloud_errors import CloudRefused
from orchestrator.cloud_regions import cheapest
from orchestrator.desk.entries import Where
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.setup import SetUp, who_am_i
from orchestrator.home import Home
from tests.cloud_faults.rig import REGION, Rig
from tests.faults.stories import identity_original

pytestmark = pytest.mark.timeout(120)
OTHER = "us-west-2"
WHERE = Where(kind="aws", instances=1)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    made = identity_original(folder, frames=20, segment_frames=10, seed=7)
    return made.record.request.source_path


@pytest.fixture
def home(region, tmp_path, monkeypatch, capsys):
    Rig(region).set_up()
    for name in (REGION, OTHER):
        region.quota("L-3819A6DF", 64, region=name)
        for zone in "abcdf":
            region.price("g6.xlarge", f"{name}{zone}", 0.02 if name == OTHER else 0.04, ago_s=90)
    monkeypatch.setenv("SECONDUNIT_HOME", str(tmp_path / "home"))
    assert main(["cloud", "sign-in", "--default", "--region", REGION]) == Exit.DONE
    capsys.readouterr()
    return Home.default()


def test_a_video_is_quoted_in_each_region_and_the_cheapest_comes_first(home, clip, capsys):
    asked = ["cloud", "quote", clip, "--compare", REGION, OTHER, "mars-north-1"]
    assert main([*asked, "--json"]) == Exit.DONE
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    found = next(line["result"] for line in lines if "result" in line)
    assert {each["region"] for each in found[:2]} == {OTHER, REGION}
    assert {each["region"]: each["is_set_up"] for each in found} == {
        REGION: True,
        OTHER: False,
        "mars-north-1": False,
    }
    assert Decimal(found[0]["usd"][1]) <= Decimal(found[1]["usd"][1])
    assert found[2]["region"] == "mars-north-1"
    assert found[2]["trouble"]
    assert main(asked) == Exit.DONE
    shown = capsys.readouterr().out
    assert "not yet" in shown
    assert "mars-north-1:" in shown


def test_the_cheapest_region_that_is_set_up_is_taken(home):
    cloud = Cloud(home)
    assert cheapest(cloud.sign_in, WHERE, (REGION, OTHER)) == REGION
    with pytest.raises(CloudRefused, match=f"not set up in {OTHER}"):
        cheapest(cloud.sign_in, WHERE, (OTHER,))
    there = Clients(boto3.Session(region_name=OTHER), OTHER)
    list(SetUp(there, who_am_i(there)).make())
    assert cheapest(cloud.sign_in, replace(WHERE, fall_back=True), (REGION, OTHER)) == OTHER
