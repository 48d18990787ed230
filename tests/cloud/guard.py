"""Hold callers to their IAM policies: instances to their role, sessions to what STS said."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from moto.core.responses import ActionResult
from moto.iam.models import iam_backends
from moto.iam.responses import IamResponse
from moto.sts.responses import TokenResponse

from tests.cloud.policies import Ask, Document, allows, document

ACCOUNT = "123456789012"
Documents = Callable[[], Sequence[Document]]


class Guard:
    """Who may do what; a key that nothing is known of may do all, as an administrator."""

    def __init__(self) -> None:
        self._limits: dict[str, list[Documents]] = {}
        """Of each access key: groups of documents, each of which has to allow."""
        self.names: dict[str, str] = {}
        """The ARN behind the keys of an instance."""

    def limit(self, access_key: str, documents: Iterable[str | Mapping[str, Any]]) -> None:
        """Let a key do only what these documents together allow."""
        kept = [document(one) for one in documents]
        self._limits[access_key] = [lambda: kept]

    def unlimit(self, access_key: str) -> None:
        """Let a key do everything again."""
        self._limits.pop(access_key, None)

    def limit_to_role(self, access_key: str, role: str, session: str) -> None:
        """Let a key do what its role's policies allow at the time of each call."""
        self.names[access_key] = f"arn:aws:sts::{ACCOUNT}:assumed-role/{role}/{session}"
        self._limits[access_key] = [lambda: role_documents(role)]

    def learn_session(self, maker: str, made: str, action: str, asked: Mapping[str, Any]) -> None:
        """Take note of what keys that STS has made may do: never more than its maker."""
        if action.startswith("AssumeRole"):
            name = str(asked["RoleArn"]).rpartition("/")[2]
            limits: list[Documents] = [lambda: role_documents(name)]
        else:
            limits = list(self._limits.get(maker, []))
        session = [document(asked["Policy"])] if asked.get("Policy") else []
        if session:
            limits.append(lambda: session)
        self._limits[made] = limits

    def would_allow(self, access_key: str, role: str | None, ask: Ask) -> bool:
        """What IAM's simulator says: of a role, or of the caller's own policies."""
        if role is not None:
            return allows(role_documents(role), ask)
        return self.first_forbidden(access_key, [ask]) is None

    def first_forbidden(self, access_key: str, asks: Iterable[Ask]) -> Ask | None:
        """The first of the asks that the key may not do."""
        limits = [group() for group in self._limits.get(access_key, ())]
        for ask in asks:
            if not all(allows(group, ask) for group in limits):
                return ask
        return None


def role_documents(role: str) -> list[Document]:
    """The policies in and at a role; none if there is no such role."""
    found = iam_backends[ACCOUNT]["aws"].roles.values()
    documents: list[Document] = []
    for one in found:
        if one.name == role:
            documents += [json.loads(text) for text in one.policies.values()]
            documents += [
                json.loads(version.document)
                for policy in one.managed_policies.values()
                for version in policy.versions
                if version.is_default
            ]
    return documents


def answer_by(guard: Callable[[], Guard]) -> None:
    """Let IAM's simulator and STS answer by the guard; moto knows no simulator."""

    def simulate_principal_policy(self: IamResponse) -> ActionResult:
        source = self._get_param("PolicySourceArn")
        actions = self._get_param("ActionNames", [])
        resources = self._get_param("ResourceArns", []) or ["*"]
        entries = self._get_param("ContextEntries", [])
        context = {one["ContextKeyName"]: tuple(one["ContextKeyValues"]) for one in entries}
        role = source.rpartition("/")[2] if ":role/" in source else None
        results = []
        for action in actions:
            for resource in resources:
                ask = Ask(action, resource, context)
                allowed = guard().would_allow(self.access_key, role, ask)
                results.append(
                    {
                        "EvalActionName": action,
                        "EvalResourceName": resource,
                        "EvalDecision": "allowed" if allowed else "implicitDeny",
                        "MatchedStatements": [],
                        "MissingContextValues": [],
                    }
                )
        return ActionResult({"EvaluationResults": results, "IsTruncated": False})

    def get_caller_identity(self: TokenResponse) -> ActionResult:
        arn = guard().names.get(self.access_key)
        if arn is None:
            return moto_identity(self)
        return ActionResult({"UserId": f"AROATEST:{arn.rpartition('/')[2]}",
                             "Account": self.current_account, "Arn": arn})  # fmt: skip

    moto_identity = TokenResponse.get_caller_identity
    TokenResponse.get_caller_identity = get_caller_identity  # type: ignore[method-assign] # ours
    IamResponse.simulate_principal_policy = simulate_principal_policy  # type: ignore[attr-defined] # moto has none
