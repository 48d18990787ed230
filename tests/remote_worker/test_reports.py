"""Lines reach the spool and the reader whole, whatever becomes of either."""

import os

import pytest

from remote_worker.contract.messages import Bye, Failed, decode
from remote_worker.reports import Reports


def said(sentence):
    return Failed(
        chunk_id="", reason="", sentence=sentence, advice="", retry=True, failures=0, buried=False
    )


def test_lines_go_to_the_spool_and_to_the_reader(tmp_path):
    reader, writer = os.pipe()
    reports = Reports(tmp_path / "spool", writer)
    reports(Bye(reason="é"))
    reports.close()
    os.close(writer)
    assert decode(os.read(reader, 1000).decode()) == Bye(reason="é")
    assert decode((tmp_path / "spool").read_text("utf-8")) == Bye(reason="é")
    os.close(reader)


def test_a_line_that_a_killed_agent_left_unfinished_spoils_no_other(tmp_path):
    spool = tmp_path / "spool"
    spool.write_bytes(b'{"half')
    reports = Reports(spool, None)
    reports(Bye(reason="idle"))
    reports.close()
    half, whole = spool.read_text().splitlines()
    assert half == '{"half'
    assert decode(whole) == Bye(reason="idle")


def test_a_reader_that_stopped_reading_holds_nothing_up(tmp_path):
    reader, writer = os.pipe()
    reports = Reports(tmp_path / "spool", writer)
    for number in range(3000):
        reports(said(f"{number:099}"))
    assert (tmp_path / "spool").read_bytes().count(b"\n") == 3000
    reports.close(wait_s=0.05)
    os.close(reader)
    reports.close()
    os.close(writer)


def test_nothing_is_said_after_bye(tmp_path):
    reports = Reports(tmp_path / "spool", None)
    reports(Bye(reason="idle"))
    reports(said("late"))
    reports.close()
    assert (tmp_path / "spool").read_bytes().count(b"\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="no limit of the kind there")
def test_with_a_full_disk_the_reader_still_hears_and_the_spool_stays_whole(tmp_path):
    import resource

    reader, writer = os.pipe()
    reports = Reports(tmp_path / "spool", writer)
    reports(said("first"))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((tmp_path / "spool").stat().st_size + 20, limits[1]))
    try:
        reports(said("second"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    reports(said("third"))
    reports.close()
    os.close(writer)
    with os.fdopen(reader) as lines:
        assert sorted(decode(line).sentence for line in lines) == ["first", "second", "third"]
    spooled = (tmp_path / "spool").read_text().splitlines()
    assert [decode(line).sentence for line in spooled] == ["first", "third"]
