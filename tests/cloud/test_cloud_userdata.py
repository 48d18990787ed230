"""User-data is read as cloud-init reads it; what cannot be followed is refused."""

import base64
import gzip
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from tests.cloud.userdata import Unreadable, read


def test_a_script_is_run_after_the_commands_of_a_cloud_config():
    message = MIMEMultipart()
    message.attach(MIMEText("#!/bin/sh\nshutdown +30\n", "x-shellscript"))
    message.attach(MIMEText("#cloud-config\nruncmd:\n- [echo, a b]\n- echo c\n", "cloud-config"))
    plan = read(message.as_string().encode())
    assert plan["scripts"] == ["#!/bin/sh\necho 'a b'\necho c\n", "#!/bin/sh\nshutdown +30\n"]


def test_files_come_in_every_encoding():
    packed = base64.b64encode(gzip.compress(b"packed")).decode()
    text = f"""#cloud-config
write_files:
- {{path: /a, content: plain}}
- {{path: /b, content: {packed}, encoding: gz+b64, permissions: '0600', owner: 'root:root'}}
"""
    files = read(gzip.compress(text.encode()))["files"]
    assert [base64.b64decode(one["content"]) for one in files] == [b"plain", b"packed"]
    assert [one["mode"] for one in files] == [0o644, 0o600]


def test_nothing_asks_for_nothing():
    assert read(b"") == {"files": [], "host_keys": {}, "authorized": [], "scripts": []}


@pytest.mark.parametrize("text", ["#cloud-config\nswap: {size: 1}\n", "echo hello\n"])
def test_what_cannot_be_followed_is_said(text):
    with pytest.raises(Unreadable):
        read(text.encode())
