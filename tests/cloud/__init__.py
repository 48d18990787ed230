"""Run a cloud on one machine: AWS's API by moto, its gaps filled, before real hosts.

Each launched instance is a network namespace with an address, disk, sshd, IMDSv2 and power
switch of its own. The product runs against it unchanged. How to use it::

    from tests.cloud.fixtures import cloud, region, tidy_region   # in the folder's conftest

    def test_a_lost_instance_is_replaced(region):       # a clean account, AWS_* is set
        ec2 = boto3.client("ec2")                       # plain boto3, plain paramiko
        ...
        host = region.wait_for(instance_id, "running")  # .address, .user, .state, .reason
        region.interrupt(host.instance_id, notice_s=2)  # rebalance, kill, crash, freeze, thaw
        region.cut(host.instance_id, only="cloud")      # heal, lose(percent), slow(mbit)
        region.fill_disk(host.instance_id)              # free_disk, break_metadata
        region.run_out("g6.xlarge", "us-east-1a")       # give, price, score, quota
        region.throttle("RunInstances", 3)              # lose_answer, lose_request, delay
        region.expire_credentials()                     # expire_instance_credentials
        region.time_scale(60)                           # schedules, expiry, `shutdown +N`
        with region.laptop() as laptop:                 # the desktop on a cable of its own:
            subprocess.Popen(laptop.argv(["secondunit", ...]), env=region.environment())
            laptop.slow(up_mbit=20)                     # or `with laptop.inside():` a thread
        assert region.left_behind("group") == []        # or ask for `tidy_region`

`mischief.story(seed, length_s, count)` and `Mischief` make trouble by seed; `open_region()`
works without pytest; `visitor.Visitor` launches and visits as the cloud's own tests do.
Needs Linux, root and the packages that `region.why_not()` names; skips elsewhere, with them.
Not here: systemd, GPUs (`nvidia-smi` answers as the type's would), delay (no netem).
"""
