"""Read from a request which call it is, whose, and with what parameters."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.datastructures import Headers, MultiDict

from tests.cloud.asks import json_body, s3_keys
from tests.cloud.policies import Ask

_SCOPE = re.compile(r"Credential=([^/,]+)/\d+/([^/]+)/([^/]+)/aws4")
_PRESIGNED = re.compile(r"([^/]+)/\d+/([^/]+)/([^/]+)/aws4")
Asked = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call that reached the cloud."""

    service: str
    action: str
    region: str
    access_key: str
    source: str
    """The caller's address: the tests', a laptop's or an instance's."""
    status: int = 0
    """0: the answer was lost on the way."""
    code: str = ""
    asks: tuple[Ask, ...] = ()
    """What it needed to be allowed."""


def read_call(environ: dict[str, Any]) -> tuple[Call, Asked]:
    """The call and its parameters; the request's body is whole and stays readable.

    Raises:
        ConnectionAbortedError: the caller was gone before it had said all.
    """
    if environ.get("CONTENT_LENGTH"):
        _body(environ)
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", "")) or _PRESIGNED.match(
        query.get("X-Amz-Credential", [""])[0]
    )
    key, region, service = scope.groups() if scope else ("", "us-east-1", "s3")
    action, asked = _action(service, environ, query)
    return Call(service, action, region, key, environ.get("REMOTE_ADDR", "")), asked


def _action(
    service: str, environ: dict[str, Any], query: dict[str, list[str]]
) -> tuple[str, Asked]:
    target = environ.get("HTTP_X_AMZ_TARGET", "")
    if target:
        return target.rpartition(".")[2], json_body(_body(environ))
    if environ.get("CONTENT_TYPE", "").startswith("application/x-www-form-urlencoded"):
        words = parse_qs(_body(environ).decode(), keep_blank_values=True)
        action = words.get("Action", [""])[0]
        return action, _query_parameters(service, action, words)
    return _rest_action(service, environ, query)


def _body(environ: dict[str, Any]) -> bytes:
    """The whole body, put back for whoever reads it next."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body: bytes = environ["wsgi.input"].read(length)
    if len(body) < length:  # AWS keeps no half of an object; moto would
        raise ConnectionAbortedError("the request ended in the middle")
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _query_parameters(service: str, action: str, words: dict[str, list[str]]) -> Asked:
    protocol = "ec2" if service == "ec2" else "query"
    try:
        operation = get_service_model(service).operation_model(action)
        parser = PROTOCOL_PARSERS[protocol](operation)
        asked: Asked = parser.parse(
            {
                "values": MultiDict({name: one[0] for name, one in words.items()}),
                "method": "POST",
                "headers": Headers(),
                "body": "",
                "url_path": "/",
                "url_params": {},
            }
        )
    except Exception:  # what is no operation, or asked wrongly, is moto's to refuse
        return {}
    return asked


def _rest_action(
    service: str, environ: dict[str, Any], query: dict[str, list[str]]
) -> tuple[str, Asked]:
    try:
        operation, in_path = get_service_router(service).match(Request({**environ}))
    except Exception:  # a path that is no operation is moto's to refuse
        return str(environ["REQUEST_METHOD"]), {}
    asked = {**{name: one[0] for name, one in query.items()}, **in_path}
    if environ.get("HTTP_IF_NONE_MATCH"):
        asked["IfNoneMatch"] = environ["HTTP_IF_NONE_MATCH"]
    if operation.name == "DeleteObjects":
        asked["Keys"] = s3_keys(_body(environ))
    elif service != "s3" and environ.get("CONTENT_LENGTH"):
        asked |= json_body(_body(environ))
    return str(operation.name), asked
