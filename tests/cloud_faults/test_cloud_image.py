"""The newest image is found by name; one's own is made, preferred and removed with its disk."""

import pytest

from orchestrator.cloud_errors import CloudRefused
from orchestrator.fleet.ec2.image import bake, baked_images, best_image, forget_image, newest_image
from remote_worker.contract.records import Digest
from tests.cloud_faults.rig import Rig

WHEELS = Digest("ab" * 32)


@pytest.fixture
def clients(region):
    return Rig(region).clients


def test_the_newest_image_is_the_one_that_aws_names(clients):
    image = newest_image(clients)
    assert image.image_id.startswith("ami-")
    assert "Ubuntu 24.04" in image.name
    assert image.environment == ""
    assert best_image(clients, WHEELS) == image


def test_a_baked_image_is_preferred_for_its_environment_and_goes_with_its_snapshot(region, clients):
    plain = newest_image(clients)
    ec2 = clients("ec2")
    made = ec2.run_instances(
        ImageId=plain.image_id, InstanceType="g6.xlarge", MinCount=1, MaxCount=1
    )["Instances"][0]["InstanceId"]
    region.wait_for(made, "running")
    baked = bake(clients, made, WHEELS, pause=lambda seconds: None)
    ec2.terminate_instances(InstanceIds=[made])
    assert baked.environment == WHEELS
    assert best_image(clients, WHEELS) == baked
    assert best_image(clients, Digest("cd" * 32)) == plain
    forget_image(clients, baked.image_id)
    assert baked_images(clients) == ()
    region.wait_for(made, "terminated")
    assert not region.left_behind("security-group")


def test_an_image_of_somebody_else_is_left_alone(clients):
    with pytest.raises(CloudRefused, match="was not made by"):
        forget_image(clients, newest_image(clients).image_id)
