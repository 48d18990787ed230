"""Give the tests of one process one RabbitMQ server, or say why there is none."""

from __future__ import annotations

import pytest

from tests.fakes.rabbitmq import RabbitServer, rabbit_server, why_not


@pytest.fixture(scope="session")
def rabbit(tmp_path_factory) -> RabbitServer:
    if reason := why_not():
        pytest.skip(reason)
    with rabbit_server(tmp_path_factory.mktemp("rabbitmq") / "server") as server:
        yield server
