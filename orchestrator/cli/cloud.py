"""Choose, examine and set up the account that videos can be rendered in."""

from __future__ import annotations

import getpass
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from rich.console import Console

from orchestrator.cli import cloud_image, cloud_money, cloud_quote
from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.cloud import Cloud, Connection
from orchestrator.errors import RequestRefused
from orchestrator.fleet.ec2.account import CloudSettings, Limits, change, load_cloud
from orchestrator.fleet.ec2.policy import POLICY_NAME, user_policy
from orchestrator.fleet.ec2.quota import GPU_SPOT, Quota, ask_for, case_text, read_quota, vcpus_for
from orchestrator.fleet.ec2.setup import Account, SetUp
from orchestrator.home import Home
from orchestrator.secrets import Secret

_LOOK_S = 60.0
Action = Callable[[Namespace, Reporter], Exit]
_STATES = {
    "none": "no account is connected",
    "ready": "ready",
    "not set up": "connected, not set up yet",
    "signed out": "signed out",
    "away": "AWS does not answer",
    "refused": "connected, but not usable",
}


def cloud(asked: Namespace, reporter: Reporter) -> Exit:
    """Do one thing with the account."""
    return _ACTIONS[asked.action](asked, reporter)


def _sign_in(asked: Namespace, reporter: Reporter) -> Exit:
    ways = [bool(asked.keys), bool(asked.role), asked.default]
    if sum(ways) > 1 or (asked.profile and (asked.keys or asked.default)):
        raise RequestRefused("More than one way to sign in is asked for.", "Choose one.")
    account = Cloud(Home.default())
    if not any(ways) and not asked.profile:
        return _list_profiles(account, reporter)
    if asked.browser:
        _browse(account, asked.profile, reporter)
    with reporter.doing("signing in"):
        connection = _choose(account, asked)
    _tell(reporter, connection)
    kept = "aws-keys" in account.secrets.in_session()
    if kept:
        reporter.say(
            f"{account.secrets.state().sentence} The keys are gone when this command ends;"
            " use a profile, or set up a password store."
        )
    return Exit.FAILED if kept else _status(connection)


def _browse(account: Cloud, profile: str, reporter: Reporter) -> None:
    """Wait until the user has signed in on the page that is told; Ctrl-C gives up."""

    def show(page: str, code: str) -> None:
        reporter.say(f"Open {page} and sign in there; it has to show {code}.")

    with reporter.doing("waiting for the browser"):
        account.open_portal(profile, show, lambda: False)


def _choose(account: Cloud, asked: Namespace) -> Connection:
    if asked.keys:
        key_id, secret = _typed_keys()
        return account.choose_keys(key_id, secret, asked.region)
    if asked.role:
        return account.choose_role(asked.role, asked.profile, asked.external_id, asked.region)
    return account.choose_profile(asked.profile, asked.region)


def _typed_keys() -> tuple[str, Secret]:
    """Return access keys from the terminal, unseen, or from a pipe, one a line."""
    if sys.stdin.isatty():
        return input("access key id: "), Secret(getpass.getpass("secret access key: "))
    return sys.stdin.readline().strip(), Secret(sys.stdin.readline().strip())


def _list_profiles(account: Cloud, reporter: Reporter) -> Exit:
    profiles = account.profiles()

    def lines(console: Console) -> None:
        rows = [(each.name, each.kind, each.region) for each in profiles]
        if rows:
            console.print(table("", ("profile", "signs in by", "region"), rows))
        console.print(
            "Choose one: 'secondunit cloud sign-in --profile NAME', or --keys, --role, --default."
        )

    reporter.result(profiles, lines)
    return Exit.DONE


def _show(asked: Namespace, reporter: Reporter) -> Exit:
    del asked
    with reporter.doing("asking AWS"):
        connection = Cloud(Home.default()).connection()
    _tell(reporter, connection)
    return _status(connection)


def _tell(reporter: Reporter, connection: Connection) -> None:
    def lines(console: Console) -> None:
        rows = [("state", _STATES[connection.state])]
        if connection.is_chosen:
            rows += [("signs in by", connection.way), ("region", connection.region)]
        if connection.account_id:
            rows += [("account", connection.account_id), ("as", connection.arn)]
        console.print(table("", ("", ""), rows))
        if connection.sentence:
            console.print(f"{connection.sentence} {connection.advice}", markup=False)
        elif connection.state == "not set up":
            console.print("Next: 'secondunit cloud doctor', then 'secondunit cloud setup'.")

    reporter.result(connection, lines)


def _status(connection: Connection) -> Exit:
    return Exit.DONE if connection.state in ("ready", "not set up") else Exit.NOT_READY


def _doctor(asked: Namespace, reporter: Reporter) -> Exit:
    del asked
    with reporter.doing("examining the account") as step:
        findings = Cloud(Home.default()).examine(step)

    def lines(console: Console) -> None:
        rows = [(f.state, f.name, f.found) for f in findings]
        console.print(table("", ("", "what", "found"), rows))
        for finding in findings:
            if finding.advice:
                console.print(f"{finding.name}: {finding.advice}", markup=False)

    reporter.result(findings, lines)
    return Exit.NOT_READY if any(f.state == "missing" for f in findings) else Exit.DONE


def _policy(asked: Namespace, reporter: Reporter) -> Exit:
    text = user_policy(_named(asked.account)) if asked.account else Cloud(Home.default()).policy()
    reporter.say(f"Make it a managed policy, such as {POLICY_NAME}, and attach it to the sign-in.")
    reporter.result(
        {"policy": text}, lambda console: console.print(text, markup=False, soft_wrap=True)
    )
    return Exit.DONE


def _named(account_id: str) -> Account:
    if len(account_id) != 12 or not account_id.isdecimal():
        raise RequestRefused(f"{account_id!r} is no account's number.", "It has twelve digits.")
    return Account(account_id=account_id, arn=f"arn:aws:iam::{account_id}:root", region="us-east-1")


def _setup(asked: Namespace, reporter: Reporter) -> Exit:
    del asked
    with reporter.doing("setting up") as step:
        done: list[str] = []

        def named(name: str) -> None:
            step(len(done), len(done) + 1, name)
            done.append(name)

        connection = Cloud(Home.default()).set_up(named)
        step(len(done), len(done))
    _tell(reporter, connection)
    return _status(connection)


def _remove(asked: Namespace, reporter: Reporter) -> Exit:
    account = Cloud(Home.default())
    signed = account.sign_in()
    if not asked.yes:
        words = f"the bucket {signed.account.bucket} with all in it, your images, the roles"
        said = f"With --yes this goes from account {signed.account.account_id}: {words}."
        reporter.result({"removed": False}, lambda console: console.print(said, markup=False))
        return Exit.DONE
    with reporter.doing("removing the set-up") as step:
        done: list[str] = []
        for name in SetUp(signed.clients, signed.account).remove():
            step(len(done), len(done) + 1, name)
            done.append(name)
        step(len(done), len(done))
    reporter.result(
        {"removed": True}, lambda console: console.print("Nothing of Second Unit is left there.")
    )
    return Exit.DONE


def _quota(asked: Namespace, reporter: Reporter) -> Exit:
    clients = Cloud(Home.default()).sign_in().clients
    if asked.request is None:
        quota = read_quota(clients, GPU_SPOT)
    else:
        quota = ask_for(clients, GPU_SPOT, vcpus_for(asked.request))
        reporter.say("Should AWS open a support case and ask what the GPUs are for, answer:")
        reporter.say(case_text(GPU_SPOT, quota.region, vcpus_for(asked.request)))
    if asked.wait:
        with reporter.doing("waiting for AWS's answer") as step:
            while (request := quota.request) is not None and request.is_open:
                step(0, 1, request.words)
                time.sleep(_LOOK_S)
                quota = read_quota(clients, GPU_SPOT)
    _tell_quota(reporter, quota)
    is_over = quota.request is not None and quota.request.is_hopeless
    return Exit.FAILED if is_over and not quota.instances else Exit.DONE


def _tell_quota(reporter: Reporter, quota: Quota) -> None:
    def lines(console: Console) -> None:
        console.print(quota.words, markup=False)
        if not quota.instances and quota.request is None:
            console.print("Ask for more: 'secondunit cloud quota --request 4'.")

    reporter.result(quota, lines)


def _limits(asked: Namespace, reporter: Reporter) -> Exit:
    home = Home.default()
    is_asked = any(
        each is not None
        for each in (
            asked.job_usd,
            asked.month_usd,
            asked.instances,
            asked.fall_back,
            asked.up_mbit,
            asked.down_mbit,
        )
    )
    settings = (
        change(home, lambda now: _limited(now, asked)) if is_asked else load_cloud(home).settings
    )
    limits = settings.limits

    def lines(console: Console) -> None:
        rows = [
            ("most for one video", _dollars(limits.job_usd)),
            ("most for a month", _dollars(limits.month_usd)),
            ("instances side by side", str(limits.instances)),
            ("on-demand when spot has none", "yes" if limits.fall_back else "no"),
            ("sent at most", _rate(limits.up_mbit_per_s)),
            ("received at most", _rate(limits.down_mbit_per_s)),
        ]
        console.print(table("", ("", ""), rows))

    reporter.result(limits, lines)
    return Exit.DONE


def _limited(now: CloudSettings, asked: Namespace) -> CloudSettings:
    limits: Limits = now.limits
    if asked.job_usd is not None:
        limits = replace(limits, job_usd=asked.job_usd or None)
    if asked.month_usd is not None:
        limits = replace(limits, month_usd=asked.month_usd or None)
    if asked.instances is not None:
        limits = replace(limits, instances=asked.instances)
    if asked.fall_back is not None:
        limits = replace(limits, fall_back=asked.fall_back)
    if asked.up_mbit is not None:
        limits = replace(limits, up_mbit_per_s=asked.up_mbit or None)
    if asked.down_mbit is not None:
        limits = replace(limits, down_mbit_per_s=asked.down_mbit or None)
    return replace(now, limits=limits)


def _dollars(amount: Decimal | None) -> str:
    return "no cap" if amount is None else f"${amount:.2f}"


def _rate(mbit_per_s: Decimal | None) -> str:
    return "no limit" if mbit_per_s is None else f"{mbit_per_s} Mbit/s"


def _forget(asked: Namespace, reporter: Reporter) -> Exit:
    del asked
    connection = Cloud(Home.default()).forget()
    reporter.result(
        connection,
        lambda console: console.print("The sign-in is forgotten. What is in the account stays."),
    )
    return Exit.DONE


_ACTIONS: dict[str, Action] = {
    "sign-in": _sign_in,
    "status": _show,
    "doctor": _doctor,
    "policy": _policy,
    "setup": _setup,
    "remove": _remove,
    "quota": _quota,
    "limits": _limits,
    "quote": cloud_quote.quote,
    "sweep": cloud_money.sweep,
    "receipts": cloud_money.show_receipts,
    "fire-drill": cloud_money.drill,
    "bake": cloud_image.bake,
    "images": cloud_image.images,
    "key-forget": _forget,
}
