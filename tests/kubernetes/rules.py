"""Refuse what a real API server refuses: unknown fields, wrong types, broken rules."""

from __future__ import annotations

import re
import typing
from typing import Any

from kubernetes import client
from pydantic import BaseModel, ValidationError

MODELS: dict[str, type[BaseModel]] = {
    "Job": client.V1Job,
    "Pod": client.V1Pod,
    "ConfigMap": client.V1ConfigMap,
    "Secret": client.V1Secret,
    "PriorityClass": client.V1PriorityClass,
    "PersistentVolumeClaim": client.V1PersistentVolumeClaim,
}
_NAME = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
_LABEL = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")
_QUANTITY = re.compile(r"[0-9]+(\.[0-9]+)?(m|k|M|G|T|Ki|Mi|Gi|Ti)?")


def problems(manifest: dict[str, Any]) -> list[str]:
    """Return why an API server with fieldValidation=Strict would not take an object."""
    kind = str(manifest.get("kind"))
    if kind not in MODELS:
        return [f"no kind {kind}"]
    found = list(_unknown(MODELS[kind], manifest, kind))
    try:
        MODELS[kind].model_validate(manifest)
    except ValidationError as error:
        found += [f"{each['loc']}: {each['msg']}" for each in error.errors()]
    if not found:
        found += _meta(manifest)
        found += _job(manifest["spec"]) if kind == "Job" else []
    return found


def change_problems(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return why a change of an object would be refused."""
    found = problems(after)
    if before["kind"] == "Job":
        for name in ("template", "completions", "podFailurePolicy", "selector"):
            if before["spec"].get(name) != after["spec"].get(name):
                found.append(f"spec.{name}: field is immutable")
    return found


def _unknown(model: type[BaseModel], data: Any, path: str) -> typing.Iterator[str]:
    if not isinstance(data, dict):
        return
    names = model.attribute_map  # type: ignore[attr-defined]  # each of the client's models has it
    fields = {names[name]: field for name, field in model.model_fields.items() if name in names}
    for key, value in data.items():
        if key not in fields:
            yield f'unknown field "{path}.{key}"'
            continue
        inner = _model_in(fields[key].annotation)
        if inner is None:
            continue
        for number, each in enumerate(value if isinstance(value, list) else [value]):
            yield from _unknown(inner, each, f"{path}.{key}[{number}]")


def _model_in(kind: Any) -> type[BaseModel] | None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    if typing.get_origin(kind) is dict:
        return None
    return next((found for each in typing.get_args(kind) if (found := _model_in(each))), None)


def _meta(manifest: dict[str, Any]) -> list[str]:
    meta = manifest["metadata"]
    found = []
    if not _NAME.fullmatch(meta.get("name", "")):
        found.append(f"metadata.name: invalid {meta.get('name')!r}")
    for key, value in (meta.get("labels") or {}).items():
        if not _LABEL.fullmatch(str(value)):
            found.append(f"metadata.labels.{key}: invalid {value!r}")
    return found


def _job(spec: dict[str, Any]) -> list[str]:
    pod = spec["template"]["spec"]
    found = []
    if pod.get("restartPolicy") not in ("Never", "OnFailure"):
        found.append("spec.template.spec.restartPolicy: Required value")
    if "podFailurePolicy" in spec:
        found += _policy(spec, pod)
    found += _pod(pod)
    return found


def _policy(spec: dict[str, Any], pod: dict[str, Any]) -> list[str]:
    found = []
    if pod.get("restartPolicy") != "Never":
        found.append("spec.template.spec.restartPolicy: only Never with podFailurePolicy")
    if spec.get("podReplacementPolicy", "Failed") != "Failed":
        found.append("spec.podReplacementPolicy: only Failed with podFailurePolicy")
    names = {each["name"] for each in pod["containers"]}
    for number, rule in enumerate(spec["podFailurePolicy"]["rules"]):
        where = f"spec.podFailurePolicy.rules[{number}]"
        codes = rule.get("onExitCodes")
        if (codes is None) == (rule.get("onPodConditions") is None):
            found.append(f"{where}: one of onExitCodes and onPodConditions")
        if codes is None:
            continue
        values = codes["values"]
        if values != sorted(set(values)) or (codes["operator"] == "In" and 0 in values):
            found.append(f"{where}.onExitCodes.values: ordered, unique and not 0")
        if codes.get("containerName") not in (None, *names):
            found.append(f"{where}.onExitCodes.containerName: no such container")
    return found


def _pod(pod: dict[str, Any]) -> list[str]:
    found = []
    volumes = {each["name"] for each in pod.get("volumes", ())}
    for container in pod["containers"]:
        if not container.get("image"):
            found.append("image: Required value")
        mounts = [each["mountPath"] for each in container.get("volumeMounts", ())]
        if len(set(mounts)) != len(mounts):
            found.append("volumeMounts: must be unique")
        unknown = {each["name"] for each in container.get("volumeMounts", ())} - volumes
        found += [f"volumeMounts: no volume {name}" for name in unknown]
        for part in container.get("resources", {}).values():
            for name, value in part.items():
                if not _QUANTITY.fullmatch(str(value)):
                    found.append(f"resources.{name}: invalid {value!r}")
    return found
