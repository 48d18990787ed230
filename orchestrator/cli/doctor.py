"""Say what is installed, what is missing and what to do about it."""

from __future__ import annotations

from argparse import Namespace

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.health import examine
from orchestrator.home import Home


def doctor(asked: Namespace, reporter: Reporter) -> Exit:
    """Look at everything a render needs; the status is NOT_READY if something is missing."""
    del asked
    with reporter.doing("looking") as step:
        findings = examine(Home.default(), step)

    def lines(console: Console) -> None:
        rows = [(f.state, f.name, f.found) for f in findings]
        console.print(table("", ("", "what", "found"), rows))
        for finding in findings:
            if finding.advice:
                console.print(f"{finding.name}: {finding.advice}", markup=False)

    reporter.result(findings, lines)
    return Exit.NOT_READY if any(f.state == "missing" for f in findings) else Exit.DONE
