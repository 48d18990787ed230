"""Let others hear what an agent reports: its account, its metrics, its log."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager

from remote_worker.account import Account, summary_key
from remote_worker.config import AgentConfig
from remote_worker.contract.messages import Bye, Claimed, Heartbeat, Hello, Message
from remote_worker.contract.records import JobId
from remote_worker.gpu import Gpus
from remote_worker.publish import Publisher
from remote_worker.stores import Store

Hear = Callable[[Message], None]


class Telling:
    """The agent's voice with listeners; a listener that fails is told once and never again."""

    def __init__(self, report: Hear, hearers: Sequence[Hear]) -> None:
        """Report by ``report`` first, then tell ``hearers``."""
        self._report, self._hearers = report, list(hearers)

    def __call__(self, message: Message) -> None:
        """Say ``message`` to everybody.

        Of the goodbye the others hear first: whoever reads it may clear the store away, and what
        is written there later would stay for ever.
        """
        if not isinstance(message, Bye):
            self._report(message)
        self._tell(message)
        if isinstance(message, Bye):
            self._report(message)

    def _tell(self, message: Message) -> None:
        for hear in tuple(self._hearers):
            try:
                hear(message)
            except Exception as error:  # whoever listens must not end a render
                self._hearers.remove(hear)
                _say(f"{getattr(hear, '__qualname__', hear)} hears no more: {error!r}")


@contextmanager
def heard(config: AgentConfig, store: Store, report: Hear) -> Iterator[Hear]:
    """Give the voice of an agent that everybody hears whom ``config`` asks for.

    What cannot be had, such as a port that is taken, is said on standard error and done without.
    """
    gpus = Gpus()
    with ExitStack() as open_ones:
        open_ones.callback(gpus.close)
        watched = (_summaries(config, store, gpus, open_ones), _metrics(config, gpus, open_ones))
        if any(watched):
            gpus.start()
        wanted = (_log(config, open_ones), *watched)
        yield Telling(report, [hear for hear in wanted if hear is not None])


def _summaries(config: AgentConfig, store: Store, gpus: Gpus, open_ones: ExitStack) -> Hear | None:
    if not config.job_id or not config.summary_s:
        return None
    job_id = JobId(config.job_id)
    account = Account(job_id, config.agent_id, gpus)
    key = summary_key(job_id, config.agent_id)
    publisher = Publisher(store, key, account.summary, period_s=config.summary_s)
    open_ones.callback(publisher.close)

    def hear(message: Message) -> None:
        account.hear(message)
        if isinstance(message, Bye):
            publisher.close()
        elif isinstance(message, Hello | Heartbeat | Claimed):
            publisher.wish()

    return hear


def _metrics(config: AgentConfig, gpus: Gpus, open_ones: ExitStack) -> Hear | None:
    if not config.metrics_port:
        return None
    try:
        from remote_worker.metrics import Metrics

        metrics = Metrics(gpus, job_id=config.job_id, agent_id=config.agent_id)
        metrics.serve(config.metrics_host, config.metrics_port)
    except (ImportError, OSError) as error:
        _say(f"no metrics at {config.metrics_host}:{config.metrics_port}: {error}")
        return None
    open_ones.callback(metrics.close)
    return metrics.hear


def _log(config: AgentConfig, open_ones: ExitStack) -> Hear | None:
    if not config.log:
        return None
    from remote_worker.log import JsonLog

    try:
        log = JsonLog(config.log, job_id=config.job_id, agent_id=config.agent_id)
    except (OSError, ValueError) as error:
        _say(f"no log at {config.log}: {error}")
        return None
    open_ones.callback(log.close)
    return log.hear


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)  # noqa: T201  # the host's log
