"""Start an agent: ``python -m remote_worker --config FILE``."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from remote_worker.agent import EXIT_CONFIG, EXIT_UNAVAILABLE, Agent, Notices, obey_signals
from remote_worker.config import AgentConfig, open_queue, open_store, read_config
from remote_worker.contract.coding import ContractError
from remote_worker.errors import WorkerError
from remote_worker.memory import return_freed_memory
from remote_worker.notices import SignalNotices, SpotNotices
from remote_worker.reports import Reports, own_standard_output
from remote_worker.telling import heard


def main(arguments: list[str] | None = None) -> int:
    """Run one agent and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m remote_worker", description=__doc__)
    parser.add_argument("--config", type=Path, required=True, help="JSON file of an AgentConfig")
    parser.add_argument("--agent-id", help="instead of the file's, where agents share a file")
    asked = parser.parse_args(arguments)
    return_freed_memory()
    try:
        config = read_config(asked.config)
        return _run(replace(config, agent_id=asked.agent_id) if asked.agent_id else config)
    except ContractError as error:
        print(f"The configuration is refused: {error}", file=sys.stderr)  # noqa: T201  # the agent's log
        return EXIT_CONFIG
    except BlockingIOError as error:  # another agent lives here: an earlier line began it
        print(f"This host has its agent: {error}", file=sys.stderr)  # noqa: T201  # the agent's log
        return EXIT_CONFIG
    except WorkerError as error:
        print(f"{error.sentence} {error.advice}", file=sys.stderr)  # noqa: T201  # the agent's log
        return EXIT_UNAVAILABLE


def _run(config: AgentConfig) -> int:
    if config.shares_files:
        os.umask(0)
    orders = _held_orders(config)
    queue, store = open_queue(config.queue), open_store(config.store)
    reports = Reports(Path(config.spool), own_standard_output())
    try:
        with heard(config, store, reports) as report:
            agent = Agent(config, queue, store, report, notices=_notices(config))
            obey_signals(agent)
            return agent.run(orders)
    finally:
        reports.close()


def _notices(config: AgentConfig) -> Notices | None:
    match config.notices:
        case "ec2":
            return SpotNotices()
        case "signal":
            return SignalNotices(config.grace_s)
    return None


def _held_orders(config: AgentConfig) -> int | None:
    """Return where orders come from; a host reached by SSH is told by its pipe."""
    if config.alive or config.orders:
        from remote_worker.follow import hold_alive, open_orders  # POSIX only, as such hosts are

        if config.alive:
            hold_alive(Path(config.alive))
        if config.orders:
            return open_orders(Path(config.orders))
    return 0 if config.listens else None


if __name__ == "__main__":
    sys.exit(main())
