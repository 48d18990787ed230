"""Regions are told as they answer, and a comparison that is stopped waits for none of them."""

import threading

from orchestrator.cloud_errors import CloudRefused
from orchestrator.cloud_regions import compare

REGIONS = ("us-east-2", "mars-north-1", "us-west-2")


def test_what_is_wrong_is_told_of_each_region_as_soon_as_it_is_known():
    def sign_in(region):
        raise CloudRefused(f"Nothing is in {region}.", "Choose another.")

    told = []
    found = compare(None, sign_in, None, REGIONS, told.append)
    assert {each.region for each in told} == set(REGIONS)
    assert [each.region for each in found] == sorted(REGIONS)
    assert found[0].trouble == "Nothing is in mars-north-1. Choose another."


def test_stopped_it_returns_what_is_known_and_waits_for_no_region():
    cancelled, may_answer = threading.Event(), threading.Event()

    def sign_in(region):
        if region != "us-east-2":
            assert may_answer.wait(60), "nobody waits for it"
        raise CloudRefused("Nothing is there.", "")

    try:
        found = compare(None, sign_in, None, REGIONS, lambda _: cancelled.set(), cancelled)
        assert [each.region for each in found] == ["us-east-2"]
    finally:
        may_answer.set()
