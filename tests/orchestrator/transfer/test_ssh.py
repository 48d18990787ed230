"""The line to an instance speaks to that instance only, and breaks by name."""

import ast
import json
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest

from orchestrator.cloud_errors import ChannelBroken, HostKeyMismatch
from orchestrator.transfer import ssh
from orchestrator.transfer.ssh import Channel, new_key_pair, parse_host_key
from remote_worker.contract.messages import Drain, decode, encode
from tests.fakes.sshd import sshd, why_not
from tests.remote_worker.chunks import make_job

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())
PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with sshd(tmp_path_factory.mktemp("ssh") / "server") as server:
        yield server


@pytest.fixture
def channel(server):
    channel = Channel(server.door, server.key)
    yield channel
    channel.close()


def test_a_command_of_our_own_words_runs_and_its_answer_comes_back(channel):
    assert channel.run(["echo", "a-word", "/a/path.json"]) == b"a-word /a/path.json\n"


def test_a_command_that_fails_says_how(channel):
    with pytest.raises(ChannelBroken, match=r"ls ended with status 2.*no-such-file"):
        channel.run(["ls", "/no-such-file"])


def test_a_command_that_gives_no_answer_is_not_waited_for_for_ever(channel):
    with pytest.raises(ChannelBroken, match="i-1 broke"):
        channel.run(["sleep", "30"], timeout_s=0.2)


@pytest.mark.parametrize(
    "word",
    ["a b", "$(id)", "`id`", "a;b", "a|b", "a'b", 'a"b', "a\nb", "", "../up", "é", "*", "a&b"],
)
def test_no_word_that_a_shell_could_read_otherwise_is_ever_sent(channel, word):
    for use in (
        lambda: channel.run(["echo", word]),
        lambda: channel.open_line(["echo", word]),
        lambda: channel.put(b"", PurePosixPath(f"/none/{word or ' '}/x")),
    ):
        with pytest.raises(ValueError, match="no word of the app"):
            use()


def test_a_file_is_put_whole_and_private(channel, tmp_path):
    data = os.urandom(300_000)
    channel.put(data, PurePosixPath(tmp_path / "archive"))
    channel.put(data[:5], PurePosixPath(tmp_path / "archive"))
    assert (tmp_path / "archive").read_bytes() == data[:5]
    assert (tmp_path / "archive").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


def test_another_host_key_is_refused_before_anything_is_sent(server):
    before = server.log.read_text().count("publickey")
    stranger = replace(server.door, host_key=new_key_pair().public_line)
    with pytest.raises(HostKeyMismatch, match="is not instance i-1"):
        Channel(stranger, server.key)
    assert server.log.read_text().count("publickey") == before


def test_a_key_that_the_instance_does_not_know_is_told_as_that(server):
    with pytest.raises(ChannelBroken, match="refuses the job's key"):
        Channel(server.door, new_key_pair())


def test_an_address_where_nobody_answers_is_given_up_in_time(server):
    with pytest.raises(ChannelBroken):
        Channel(replace(server.door, port=9), server.key, connect_s=1.0)


@pytest.mark.parametrize("line", ["", "ssh-rsa AAAA", "ssh-ed25519", "ssh-ed25519 %%%", "x" * 999])
def test_what_is_no_host_key_is_refused(line):
    with pytest.raises(HostKeyMismatch):
        parse_host_key(line)


def test_a_key_pair_shows_no_secret():
    pair = new_key_pair()
    assert "PRIVATE" in pair.private_pem
    assert "PRIVATE" not in repr(pair) + str(pair) + f"{pair}"


def test_a_line_that_is_cut_is_told_as_broken_and_not_as_an_end(server, channel):
    line = channel.open_line(["sleep", "60"])
    failed = []

    def read():
        try:
            list(line.parts(silence_s=30))
        except ChannelBroken as error:
            failed.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    assert server.cut_sessions() >= 1
    reader.join(20)
    assert len(failed) == 1
    assert line.exit_status() is None


def test_silence_on_a_line_has_its_deadline(channel):
    line = channel.open_line(["sleep", "60"])
    with pytest.raises(ChannelBroken):
        list(line.parts(silence_s=0.2))


# -- the other end --------------------------------------------------------------------------


class Host:
    """A folder that stands for an instance: an agent runs in it and hears by its pipe only."""

    def __init__(self, folder, **config):
        self.job = make_job(folder, chunks=2)
        self.folder = folder
        for name in ("spool", "orders", "alive", "sign"):
            setattr(self, name, folder / name)
        plain = {
            "agent_id": "one",
            "queue": {"kind": "sqlite", "path": str(folder / "queue.sqlite")},
            "store": {"kind": "folder", "root": str(folder / "store")},
            "cache_folder": str(folder / "cache"),
            "work_folder": str(folder / "work"),
            "spool": str(self.spool),
            "orders": str(self.orders),
            "alive": str(self.alive),
            "sign": str(self.sign),
            "listens": False,
            "poll_s": 0.1,
            "heartbeat_s": 0.1,
        }
        (folder / "config.json").write_text(json.dumps(plain | config))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "remote_worker", "--config", str(folder / "config.json")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=PROJECT,
        )

    def follow(self, start=0):
        """Return the words of the command that follows the agent."""
        places = [
            f"--{name}={getattr(self, name)}" for name in ("spool", "orders", "alive", "sign")
        ]
        return [sys.executable, "-m", "remote_worker.follow", *places, f"--start={start}"]


@pytest.fixture
def host(tmp_path):
    host = Host(tmp_path / "host")
    yield host
    host.process.kill()
    host.process.wait(20)


def read_until(line, wanted):
    """Read whole lines until ``wanted`` says that it is enough; return the bytes of them."""
    said = bytearray()
    for part in line.parts(silence_s=30):
        said += part
        whole = said[: said.rfind(b"\n") + 1]
        if wanted([decode(each) for each in whole.decode().splitlines()]):
            return bytes(whole)
    raise AssertionError("the line ended before")


def test_what_an_agent_says_is_heard_once_and_whole_over_any_number_of_broken_lines(
    server, host, tmp_path
):
    heard = b""
    for round_number in range(4):
        channel = Channel(server.door, server.key)
        line = channel.open_line(host.follow(len(heard)))
        heard += read_until(line, lambda told: len(told) >= 3)
        if round_number == 1:
            host.job.send()
        server.cut_sessions()
        assert line.exit_status() is None
        channel.close()
    channel = Channel(server.door, server.key)
    line = channel.open_line(host.follow(len(heard)))
    line.say(encode(Drain(grace_s=5.0)).encode())
    for part in line.parts(silence_s=30):
        heard += part
    assert line.exit_status() == 3, "the agent is gone"
    channel.close()
    assert heard == host.spool.read_bytes()
    assert [decode(each).kind for each in heard.decode().splitlines()][-1] == "bye"


def test_a_dead_agent_is_told_as_gone_after_its_last_line(server, host):
    channel = Channel(server.door, server.key)
    line = channel.open_line(host.follow())
    read_until(line, bool)
    host.process.kill()
    list(line.parts(silence_s=30))
    assert line.exit_status() == 3
    channel.close()


def test_the_desktops_word_is_a_sign_for_the_watchdog(server, host):
    channel = Channel(server.door, server.key)
    line = channel.open_line(host.follow())
    read_until(line, bool)
    assert not host.sign.exists()
    line.say(b"word\n")
    read_until(line, lambda told: host.sign.exists())
    channel.close()


# -- what must not be in the code --------------------------------------------------------------


def test_nothing_in_the_code_trusts_a_host_key_on_first_use():
    for path in [*PROJECT.glob("orchestrator/**/*.py"), *PROJECT.glob("gui/**/*.py")]:
        names = {
            node.attr if isinstance(node, ast.Attribute) else node.id
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute | ast.Name)
        }
        policies = {
            name
            for name in names
            if re.search("MissingHostKey|missing_host_key|AddPolicy|WarningPolicy", name)
        }
        assert not policies, f"{path} names {policies}"


def test_weak_ciphers_and_signatures_are_off():
    assert "ssh-rsa" in ssh._ONLY["keys"]
    assert all("cbc" in cipher for cipher in ssh._ONLY["ciphers"])
