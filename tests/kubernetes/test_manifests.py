"""What is submitted is taken by the API server, and what it would let pass is found here."""

import copy
from dataclasses import replace

import pytest
import yaml

from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes import manifests
from orchestrator.fleet.kubernetes.checks import bytes_of, complaints
from orchestrator.fleet.kubernetes.cluster import Cluster, Toleration
from orchestrator.fleet.kubernetes.manifests import Outfit
from orchestrator.fleet.kubernetes.run import require_engine
from orchestrator.secrets import Secret
from remote_worker.config import AgentConfig, QueueConfig, StoreConfig
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import JobId
from tests.kubernetes.controllers import Node, _fits
from tests.kubernetes.rules import change_problems, problems

JOB = JobId("20261124-101010-abcd")
IMAGE = "registry.test/agent@sha256:" + "a" * 64
CLUSTER = Cluster(context="studio", namespace="studio", image=IMAGE, nodes="gke", bucket="b")
KINDS = ("gke", "eks", "karpenter", "ack")
SPOT_NODES = {
    "gke": {"cloud.google.com/gke-spot": "true"},
    "eks": {"eks.amazonaws.com/capacityType": "SPOT"},
    "karpenter": {"karpenter.sh/capacity-type": "spot"},
    "ack": {"node.alibabacloud.com/spot-strategy": "SpotAsPriceGo"},
}
OTHER_NODES = {
    "gke": {},
    "eks": {"eks.amazonaws.com/capacityType": "ON_DEMAND"},
    "karpenter": {"karpenter.sh/capacity-type": "on-demand"},
    "ack": {"node.alibabacloud.com/spot-strategy": "NoSpot"},
}


def outfit(cluster=CLUSTER, **changed):
    queue = QueueConfig(kind="sqs", url="https://sqs.test/q", region="us-east-1")
    store = StoreConfig(kind="s3", bucket="b", prefix="jobs/x/")
    return Outfit(**{"job_id": JOB, "cluster": cluster, "queue": queue, "store": store, **changed})


def submitted(cluster=CLUSTER, **changed):
    chosen = outfit(cluster, **changed)
    return [manifests.config_map(chosen), manifests.job(chosen, "spot", 1, 3)]


def codes(found, notice_s=15.0):
    return {each.code for each in complaints(found, notice_s)}


@pytest.mark.parametrize("nodes", KINDS)
@pytest.mark.parametrize("pool", ["spot", "on-demand"])
def test_every_kind_of_nodes_gives_manifests_that_are_taken(nodes, pool):
    chosen = outfit(replace(CLUSTER, nodes=nodes), secret="keys")  # noqa: S106  # a Secret's name
    found = [manifests.config_map(chosen), manifests.job(chosen, pool, 1, 2)]
    assert [problems(each) for each in found] == [[], []]
    assert codes(found, manifests.usual_grace_s(nodes)) == set()


@pytest.mark.parametrize("nodes", KINDS)
def test_spot_pods_go_on_spot_nodes_and_the_fallback_on_others(nodes):
    chosen = outfit(replace(CLUSTER, nodes=nodes))
    spot, other = (
        manifests.job(chosen, pool, 1, 2)["spec"]["template"]["spec"]
        for pool in ("spot", "on-demand")
    )
    ((key, value),) = SPOT_NODES[nodes].items()
    taints = [
        {"key": key, "value": value, "effect": "NoSchedule"},
        {"key": "nvidia.com/gpu", "value": "present", "effect": "NoSchedule"},
    ]
    tainted = Node("a", SPOT_NODES[nodes], taints)
    plain = Node("b", OTHER_NODES[nodes])
    assert (_fits(spot, tainted), _fits(spot, plain)) == (True, False)
    assert (_fits(other, tainted), _fits(other, plain)) == (False, True)


def test_nodes_of_ones_own_are_told_by_their_labels_and_taints():
    own = replace(
        CLUSTER,
        nodes="own",
        spot_labels=(("pool", "cheap"),),
        spot_tolerations=(Toleration(key="cheap", effect="NoSchedule"), Toleration(key="x")),
    )
    found = submitted(own)
    pod = found[1]["spec"]["template"]["spec"]
    assert pod["nodeSelector"] == {"pool": "cheap"}
    taint = {"key": "cheap", "value": "", "effect": "NoSchedule"}
    assert _fits(pod, Node("a", {"pool": "cheap"}, [taint]))
    assert problems(found[1]) == []
    assert codes(found, 30.0) == set()


def test_the_agent_reads_what_its_config_map_says_and_drains_within_its_grace():
    text = submitted()[0]["data"]["agent.json"]
    config = from_text(AgentConfig, text)
    assert config.notices == "signal"
    assert config.grace_s < manifests.grace_s(CLUSTER) == 15
    assert not config.listens


def test_keys_go_by_reference_and_only_the_secret_holds_them():
    chosen = outfit(secret="secondunit-keys")  # noqa: S106  # a Secret's name
    secret = manifests.keys_secret(chosen, {"AWS_SECRET_ACCESS_KEY": Secret("hush")})
    assert problems(secret) == []
    others = yaml.safe_dump([manifests.config_map(chosen), manifests.job(chosen, "spot", 1, 1)])
    assert "hush" not in others
    assert "aHVzaA==" in str(secret)
    container = manifests.job(chosen, "spot", 1, 1)["spec"]["template"]["spec"]["containers"][0]
    assert container["envFrom"] == [{"secretRef": {"name": "secondunit-keys"}}]


def test_facefusion_is_found_on_its_volume_which_nobody_may_change():
    found = submitted(replace(CLUSTER, engine_claim="facefusion"))
    assert problems(found[1]) == []
    assert codes(found) == set()
    mount = agent_of(found)["volumeMounts"][-1]
    assert (mount["mountPath"], mount["readOnly"]) == ("/facefusion", True)
    assert {"name": "SECONDUNIT_FACEFUSION_HOME", "value": "/facefusion"} in agent_of(found)["env"]
    with pytest.raises(RequestRefused, match="no FaceFusion"):
        require_engine(CLUSTER, "facefusion")
    require_engine(CLUSTER, "classic")


def test_what_is_printed_is_read_again_as_it_was():
    found = submitted()
    assert list(yaml.safe_load_all(manifests.to_yaml(found))) == found


def test_keda_gets_the_same_job_and_the_queue_to_look_into():
    made = manifests.scaled_job(outfit(), 50)
    inner = {"apiVersion": "batch/v1", "kind": "Job", "spec": made["spec"]["jobTargetRef"]}
    inner["metadata"] = {"name": "x", "namespace": "studio"}
    assert problems(inner) == []
    assert made["spec"]["maxReplicaCount"] == 50
    assert made["spec"]["triggers"][0]["metadata"]["queueURL"] == "https://sqs.test/q"
    assert codes([submitted()[0], made]) == set()


def test_of_rabbitmq_keda_looks_into_both_queues():
    queue = QueueConfig(kind="rabbitmq", url="amqps://me@host/x", name="q")
    triggers = manifests.scaled_job(outfit(queue=queue), 5)["spec"]["triggers"]
    assert [each["metadata"]["queueName"] for each in triggers] == ["q.urgent", "q.batch"]


def pod_of(found):
    return found[1]["spec"]["template"]["spec"]


def agent_of(found):
    return pod_of(found)["containers"][0]


def config_of(found, name, value):
    text = found[0]["data"]["agent.json"]
    found[0]["data"]["agent.json"] = text.replace(f'"{name}":', f'"{name}":{value},"was_{name}":')


BROKEN = {
    "restarts": lambda found: pod_of(found).update(restartPolicy="OnFailure"),
    "counts_disruptions": lambda found: found[1]["spec"]["podFailurePolicy"]["rules"].pop(0),
    "counts_drains": lambda found: found[1]["spec"]["podFailurePolicy"]["rules"].pop(1),
    "replaces_early": lambda f: f[1]["spec"].update(podReplacementPolicy="TerminatingOrFailed"),
    "counts_completions": lambda found: found[1]["spec"].update(completions=3),
    "drain_ends_job": lambda found: config_of(found, "drained_code", 0),
    "grace_too_long": lambda found: pod_of(found).update(terminationGracePeriodSeconds=60),
    "drain_too_long": lambda found: config_of(found, "grace_s", 40),
    "never_removed": lambda found: found[1]["spec"].pop("ttlSecondsAfterFinished"),
    "name_too_long": lambda found: found[1]["metadata"].update(name="a" * 60),
    "no_selector": lambda found: pod_of(found).pop("nodeSelector"),
    "no_toleration": lambda found: pod_of(found).update(tolerations=[]),
    "token_mounted": lambda found: pod_of(found).pop("automountServiceAccountToken"),
    "host_shared": lambda found: pod_of(found).update(hostNetwork=True),
    "host_folder": lambda f: pod_of(f)["volumes"].append({"name": "x", "hostPath": {"path": "/"}}),
    "runs_as_root": lambda found: pod_of(found)["securityContext"].update(runAsUser=0),
    "no_seccomp": lambda found: pod_of(found)["securityContext"].pop("seccompProfile"),
    "may_gain_rights": lambda f: agent_of(f)["securityContext"].pop("allowPrivilegeEscalation"),
    "has_capabilities": lambda found: agent_of(found)["securityContext"].pop("capabilities"),
    "root_writable": lambda found: agent_of(found)["securityContext"].pop("readOnlyRootFilesystem"),
    "image_without_digest": lambda found: agent_of(found).update(image="registry.test/agent:v1"),
    "secret_in_plain": lambda f: agent_of(f)["env"].append({"name": "MY_TOKEN", "value": "hush"}),
    "no_memory_limit": lambda found: agent_of(found)["resources"]["limits"].pop("memory"),
    "shared_memory_too_large": lambda f: pod_of(f)["volumes"][3]["emptyDir"].pop("sizeLimit"),
    "not_writable": lambda found: agent_of(found)["volumeMounts"].pop(1),
}


@pytest.mark.parametrize("code", sorted(BROKEN))
def test_what_an_api_server_lets_pass_is_found(code):
    found = copy.deepcopy(submitted())
    BROKEN[code](found)
    assert codes(found) == {code}


def test_an_address_with_a_password_in_it_is_found():
    queue = QueueConfig(kind="rabbitmq", url="amqps://me:hush@host/x", name="q")
    assert codes(submitted(queue=queue)) == {"secret_in_plain"}


@pytest.mark.parametrize("amount", ["a lot", "12 Gi", "-1", ""])
def test_an_amount_that_is_none_is_refused_before_anything_is_made(amount):
    with pytest.raises(RequestRefused, match="no amount"):
        submitted(replace(CLUSTER, memory=amount))


def test_amounts_are_compared_as_bytes():
    assert bytes_of("1Gi") == 1 << 30 > bytes_of("1G") == 10**9


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda job: job["spec"].update(parallelisms=1), "unknown field"),
        (lambda job: job["spec"].update(parallelism="three"), "parallelism"),
        (
            lambda job: pod_of([0, job]).update(restartPolicy="OnFailure"),
            "only Never",
        ),
        (lambda job: job["metadata"].update(name="Not_A_Name"), "metadata.name"),
    ],
)
def test_the_test_server_itself_refuses_what_a_real_one_does(change, said):
    made = submitted()[1]
    change(made)
    assert any(said in each for each in problems(made)), problems(made)


def test_of_a_job_only_what_may_change_can_be_changed():
    before = submitted()[1]
    wider, other = copy.deepcopy(before), copy.deepcopy(before)
    wider["spec"]["parallelism"] = 9
    other["spec"]["template"]["spec"]["containers"][0]["image"] = IMAGE.replace("a", "b")
    assert change_problems(before, wider) == []
    assert change_problems(before, other) == ["spec.template: field is immutable"]
