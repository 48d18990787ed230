"""Install FaceFusion, check, remove and seed it; the twin of the window's page."""

from __future__ import annotations

import threading
from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.licences import settle_models
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import RequestRefused, SecondUnitError
from orchestrator.facefusion import install as engine_install
from orchestrator.facefusion.errors import (
    EngineInstallFailed,
    EngineLicenceOpen,
    EngineNotInstalled,
    EngineUnsupported,
)
from orchestrator.facefusion.install import Part, Standing
from orchestrator.facefusion.tensorrt import keep_wheel
from orchestrator.home import Home
from remote_worker.engines.facefusion.installation import (
    VARIABLE,
    VERSION,
    Installation,
    default_folder,
)
from remote_worker.engines.facefusion.manifest import manifest
from remote_worker.engines.facefusion.provision import Progress

Action = Callable[[Namespace, Reporter], Exit]
STATUSES = {
    "engine_stopped": Exit.STOPPED,
    "engine_no_space": Exit.NOT_READY,
    "engine_network": Exit.FAILED,
}


def engine(asked: Namespace, reporter: Reporter) -> Exit:
    """Do one thing with FaceFusion's installation."""
    try:
        return _ACTIONS[asked.action](asked, reporter)
    except EngineLicenceOpen as error:
        return _problem(reporter, error, Exit.USAGE)
    except (EngineNotInstalled, EngineUnsupported) as error:
        return _problem(reporter, error, Exit.NOT_READY)
    except EngineInstallFailed as error:
        return _problem(reporter, error, STATUSES.get(error.code, Exit.FAILED))


def _install(asked: Namespace, reporter: Reporter) -> Exit:
    installation = _installation(asked)
    models = engine_install.models_for([{}, *settings_of(asked.set)], asked.model)
    standing = engine_install.look(installation, models, asked.flavour)
    missing = [part.name for part in standing.restricted if part.state != "good"]
    settle_models(Home.default(), missing, reporter, accepts=asked.accept_licences)
    if asked.tensorrt:
        keep_wheel(installation, asked.tensorrt)
    with reporter.doing("installing") as step:
        engine_install.install(
            installation,
            models,
            tell=lambda told: step(told.done_bytes, max(1, told.total_bytes), _words(told)),
            stop=threading.Event(),
            accepted=True,  # or it was refused above
            given=asked.given,
            flavour=asked.flavour,
            offline=asked.offline,
        )
    standing = engine_install.look(installation, models)
    if installation.folder != default_folder():
        reporter.say(f"It is found there when {VARIABLE} is {installation.folder}.")
    reporter.result(_plain(standing), lambda console: _tell(console, standing))
    return Exit.DONE


def _check(asked: Namespace, reporter: Reporter) -> Exit:
    installation = _installation(asked)
    models = list(manifest()) if asked.all else None
    standing = engine_install.look(installation, models)
    if not asked.quick and standing.state is not None:
        with reporter.doing("reading"):
            standing = engine_install.check(installation, threading.Event())
    reporter.result(_plain(standing), lambda console: _tell(console, standing))
    return Exit.DONE if standing.ready or (asked.all and standing.state) else Exit.NOT_READY


def _remove(asked: Namespace, reporter: Reporter) -> Exit:
    installation = _installation(asked)
    if not asked.yes:
        held = engine_install.look(installation).used_bytes
        reporter.say(f"This would free {held >> 20} MiB in {installation.folder}; add --yes.")
        return Exit.DONE
    freed_bytes = engine_install.remove(installation)
    reporter.result(
        {"freed_bytes": freed_bytes},
        lambda console: console.print(f"freed {freed_bytes >> 20} MiB"),
    )
    return Exit.DONE


def _seed(asked: Namespace, reporter: Reporter) -> Exit:
    from orchestrator.cloud import Cloud
    from orchestrator.facefusion.bucket import seed

    home = Home.default()
    signed = Cloud(home).sign_in()
    packages = home.cache / "engine-packages" if asked.packages else None
    if packages is not None:
        packages.mkdir(exist_ok=True)
    with reporter.doing("seeding") as step:
        seeded = seed(
            signed.clients,
            signed.account,
            _installation(asked),
            lambda name, done, total: step(done, max(1, total), name),
            threading.Event(),
            packages=packages,
        )
    reporter.result(
        seeded,
        lambda console: console.print(
            f"{len(seeded.sent)} brought to {signed.account.bucket}, {len(seeded.there)} were there"
        ),
    )
    return Exit.DONE


def _lock(asked: Namespace, reporter: Reporter) -> Exit:
    found = engine_install.lock_models(asked.models, threading.Event())

    def lines(console: Console) -> None:
        for name, digest in found.items():
            known = "" if manifest()[name].digest else "  (not in the manifest)"
            console.print(f"{digest}  {name}{known}", markup=False)

    reporter.result(found, lines)
    return Exit.DONE


_ACTIONS: dict[str, Action] = {
    "install": _install,
    "check": _check,
    "remove": _remove,
    "seed": _seed,
    "lock": _lock,
}


def _installation(asked: Namespace) -> Installation:
    return Installation(asked.folder.absolute() if asked.folder else default_folder())


def settings_of(told: list[str]) -> list[dict[str, str]]:
    """Return the settings of ``NAME=VALUE`` words, as one set.

    Raises:
        RequestRefused: a word is none.
    """
    found = {}
    for word in told:
        name, given, value = word.partition("=")
        if not given:
            raise RequestRefused(f"{word!r} is not NAME=VALUE.", "Write it as name=value.")
        found[name] = value
    return [found] if found else []


def _words(told: Progress) -> str:
    return f"{told.step} {told.file}".strip()


def _problem(reporter: Reporter, error: SecondUnitError, status: Exit) -> Exit:
    reporter.problem(error.code, error.sentence, error.advice)
    return status


def _plain(standing: Standing) -> dict[str, object]:
    """Return what a machine is told."""
    told = asdict(standing)
    return {**told, "folder": str(standing.folder), "ready": standing.ready}


def _tell(console: Console, standing: Standing) -> None:
    where = f"in {standing.folder}"
    if standing.state is None:
        console.print(f"FaceFusion {VERSION} is not installed {where}", markup=False)
    else:
        console.print(
            f"FaceFusion {VERSION}, {standing.flavour}, onnxruntime {standing.state.onnxruntime}, "
            f"{standing.used_bytes >> 20} MiB {where}",
            markup=False,
        )
    if standing.providers:
        console.print(f"runs on {standing.providers}", markup=False)
    columns = ("", "part", "what for", "licence", "commercial", "MiB")
    console.print(table("", columns, [_row(part) for part in standing.parts]))
    if standing.missing_bytes:
        console.print(f"about {standing.missing_bytes >> 20} MiB are to be fetched", markup=False)


def _row(part: Part) -> tuple[str, ...]:
    told = "?" if part.part_bytes is None else str((part.part_bytes >> 20) or "<1")
    allowed = "yes" if part.commercial else "no"
    return part.state, part.name, part.purpose, part.licence, allowed, told
