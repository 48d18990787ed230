"""Lend the RabbitMQ server to many workers."""

from tests.contract_suites.rabbitmq_fixture import rabbit  # noqa: F401  # a fixture by its name
