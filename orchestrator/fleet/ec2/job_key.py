"""Keep the key of one job's instances where secrets are kept, and nowhere else."""

from __future__ import annotations

from orchestrator.errors import SecretsUnavailable
from orchestrator.secrets import Secret, Secrets
from orchestrator.transfer.ssh import KeyPair, key_pair_of, new_key_pair
from remote_worker.contract.records import JobId


def key_of(secrets: Secrets, job_id: JobId) -> KeyPair:
    """Return the job's key, made now if there is none.

    Without a password store it lives as long as this process: instances that an earlier one
    launched then know another key, are ended as lost, and others take their place.
    """
    kept = _kept(secrets, job_id)
    if kept is not None:
        return key_pair_of(kept.reveal())
    pair = new_key_pair()
    private = Secret(pair.private_pem)
    try:
        secrets.put(_name(job_id), private)
    except SecretsUnavailable:
        secrets.put(_name(job_id), private, session_only=True)
    return pair


def forget_key(secrets: Secrets, job_id: JobId) -> None:
    """Remove the job's key; safe to perform twice.

    A store that does not answer keeps it; no instance that took the key is left by then.
    """
    try:
        secrets.remove(_name(job_id))
    except SecretsUnavailable:
        return


def _kept(secrets: Secrets, job_id: JobId) -> Secret | None:
    try:
        return secrets.get(_name(job_id))
    except SecretsUnavailable:
        return None


def _name(job_id: JobId) -> str:
    return f"instances.{job_id}"
