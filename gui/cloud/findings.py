"""Say what was found of what a render in an account needs, in the language in use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.words.errors import told

if TYPE_CHECKING:
    from orchestrator.health import Finding


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # lupdate seeks this name
    """Mark ``text`` for the translators; it is translated where it is shown."""
    del context
    return text


_PATTERNS = (
    (r"(.+) of account (\d+), (\S+)", QT_TRANSLATE_NOOP("AwsHealth", "{0} of account {1}, {2}")),
    (
        r"sign in as a user or role with the policy of 'secondunit cloud policy' instead",
        QT_TRANSLATE_NOOP(
            "AwsHealth", "Sign in as a user or role that has the policy below instead."
        ),
    ),
    (
        r"this machine's clock agrees with AWS's",
        QT_TRANSLATE_NOOP("AwsHealth", "This computer’s clock agrees with that of AWS."),
    ),
    (
        r"this machine's clock is (\d+) s ahead",
        QT_TRANSLATE_NOOP("AwsHealth", "This computer’s clock is {0} s ahead."),
    ),
    (
        r"this machine's clock is (\d+) s behind",
        QT_TRANSLATE_NOOP("AwsHealth", "This computer’s clock is {0} s behind."),
    ),
    (
        r"set it by the network's time; AWS refuses it else",
        QT_TRANSLATE_NOOP(
            "AwsHealth",
            "Set it by the network’s time: AWS refuses what is signed by a wrong clock.",
        ),
    ),
    (
        r"all (\d+) actions are allowed",
        QT_TRANSLATE_NOOP("AwsHealth", "All {0} actions are allowed."),
    ),
    (
        r"not allowed: (.+) and (\d+) more",
        QT_TRANSLATE_NOOP("AwsHealth", "Not allowed: {0} and {1} more"),
    ),
    (r"not allowed: (.+)", QT_TRANSLATE_NOOP("AwsHealth", "Not allowed: {0}")),
    (
        r"give this sign-in the policy that 'secondunit cloud policy' prints",
        QT_TRANSLATE_NOOP("AwsHealth", "Give this sign-in the policy below."),
    ),
    (
        r"The account's default network was removed in this region\.",
        QT_TRANSLATE_NOOP("AwsHealth", "The account’s default network was removed in this region."),
    ),
    (
        r"Make one: 'aws ec2 create-default-vpc', or choose another region\.",
        QT_TRANSLATE_NOOP(
            "AwsHealth", "Make one by “aws ec2 create-default-vpc”, or choose another region."
        ),
    ),
    (
        r"no subnet gives public addresses",
        QT_TRANSLATE_NOOP("AwsHealth", "No subnet gives public addresses."),
    ),
    (
        r"no route to the internet was found",
        QT_TRANSLATE_NOOP("AwsHealth", "No route to the internet was found."),
    ),
    (
        r"attach an internet gateway to the default network, and a route to it",
        QT_TRANSLATE_NOOP(
            "AwsHealth", "Attach an internet gateway to the default network, and a route to it."
        ),
    ),
    (
        r"default network with (\d+) zones",
        QT_TRANSLATE_NOOP("AwsHealth", "Default network with {0} zones"),
    ),
    (r"there is none yet", QT_TRANSLATE_NOOP("AwsHealth", "There is none yet.")),
    (r"it lacks rules", QT_TRANSLATE_NOOP("AwsHealth", "It lacks rules.")),
    (
        r"it is not closed, or forgets nothing",
        QT_TRANSLATE_NOOP("AwsHealth", "It is not closed to others, or forgets nothing by itself."),
    ),
    (
        r"(\S+): closed, encrypted, forgets by itself",
        QT_TRANSLATE_NOOP("AwsHealth", "{0}: closed to others, encrypted, forgets by itself"),
    ),
    (
        r"run 'secondunit cloud setup'; what is there is left as it is",
        QT_TRANSLATE_NOOP("AwsHealth", "Set the account up; what is there is left as it is."),
    ),
    (r"not there yet: (.+)", QT_TRANSLATE_NOOP("AwsHealth", "Not there yet: {0}")),
    (r"no answer from (.+)", QT_TRANSLATE_NOOP("AwsHealth", "No answer from {0}")),
    (
        r"look at the firewall and at status\.aws\.amazon\.com",
        QT_TRANSLATE_NOOP("AwsHealth", "Look at the firewall, and at status.aws.amazon.com."),
    ),
)
"""What the look at an account says, and how it is said to people; names of parts stay as AWS and
the terminal call them."""


def finding_said(finding: Finding) -> tuple[str, str]:
    """Return what was found and what one can do about it."""
    if finding.code:
        return told(finding.code, finding.found, finding.advice)
    return words_said(finding.found), words_said(finding.advice)


def words_said(words: str) -> str:
    """Return one sentence of a look in the language in use; one that nobody knows as it is."""
    for pattern, known in _PATTERNS:
        found = re.fullmatch(pattern, words)
        if found is not None:
            return QCoreApplication.translate("AwsHealth", known).format(*found.groups())
    return words
