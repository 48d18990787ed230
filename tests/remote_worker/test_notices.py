"""A host that is taken back hears of it in time, and a silent service is no notice."""

from datetime import UTC, datetime

import pytest

from remote_worker.notices import Metadata, Sign, SignalNotices, SpotNotices
from tests.fakes.metadata import fake_metadata

NOW = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def service():
    with fake_metadata() as service:
        yield service


@pytest.fixture
def notices(service):
    return SpotNotices(Metadata(service.url), poll_s=0.01, now=lambda: NOW)


def test_nothing_is_said_while_nothing_is_there(notices):
    assert notices.wait(0.05) is None


def test_a_notice_tells_how_long_there_is(service, notices):
    service.take_back_at("2026-01-31T12:01:58Z")
    assert notices.wait(5) == Sign(118.0)


@pytest.mark.parametrize(
    ("time", "left_s"), [("2026-01-31T11:00:00Z", 0.0), ("2026-01-31T15:00:00Z", 120.0)]
)
def test_a_clock_that_is_wrong_gives_no_absurd_grace(service, notices, time, left_s):
    service.take_back_at(time)
    assert notices.wait(5) == Sign(left_s)


@pytest.mark.parametrize("text", ["not json", "[]", '{"action": "terminate"}'])
def test_a_notice_that_cannot_be_read_is_still_a_notice(service, notices, text, capsys):
    service.lies["spot/instance-action"] = text
    assert notices.wait(5) == Sign(0.0)
    assert "cannot be read" in capsys.readouterr().err


def test_an_action_that_takes_nothing_back_is_no_notice(service, notices):
    service.lies["spot/instance-action"] = '{"action": "none", "time": "2026-01-31T12:01:00Z"}'
    assert notices.wait(0.05) is None


def test_a_recommendation_is_told_once_and_a_notice_after_it_too(service, notices):
    service.recommend()
    assert notices.wait(5) == Sign(None)
    assert notices.wait(0.05) is None
    service.take_back_at("2026-01-31T12:01:00Z")
    assert notices.wait(5) == Sign(60.0)


def test_one_token_serves_until_it_is_refused(service, notices):
    notices.wait(0.1)
    assert service.tokens_given == 1
    service.tokens.append("another")
    service.take_back_at("2026-01-31T12:01:00Z")
    assert notices.wait(5) == Sign(60.0)
    assert service.tokens_given == 2


def test_a_service_that_is_not_there_says_nothing():
    assert SpotNotices(Metadata("http://127.0.0.1:9"), poll_s=0.01).wait(0.05) is None


def test_a_containers_signal_is_a_notice_of_the_grace_it_was_given():
    notices = SignalNotices(12.0)
    assert notices.wait(0.01) is None
    notices.tell()
    assert notices.wait(5) == Sign(12.0)
