"""Run one container's process: an own root, own processes, its user, no rights; Linux and root.

Standard library only, and started with ``python -I -S``: it stands where a container runtime
would.  It reads a JSON specification, becomes the parent of the container's first process, hands
SIGTERM on to it, and ends with its exit code.
"""

import ctypes
import json
import os
import signal
import sys
from pathlib import Path

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWPID = 0x20000, 0x4000000, 0x8000000, 0x20000000
MS_RDONLY, MS_NOSUID, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 32, 4096, 16384, 1 << 18
PR_SET_PDEATHSIG, PR_SET_NO_NEW_PRIVS, PR_CAPBSET_DROP = 1, 38, 24
_LAST_CAPABILITY = 40
libc = ctypes.CDLL(None, use_errno=True)


def main():
    spec = json.loads(sys.argv[1])
    _must(libc.unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID), "unshare")
    child = os.fork()
    if child == 0:
        _become(spec)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, _: os.kill(child, number))
    while True:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        sys.exit(code if code >= 0 else 128 - code)


def _become(spec):
    try:
        _make_root(spec)
        for capability in range(_LAST_CAPABILITY + 1):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
        os.setgroups(spec["groups"])
        os.setgid(spec["gid"])
        os.setuid(spec["uid"])
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # a change of the user forgets it
        _must(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
        os.chdir(spec["cwd"])
        os.execvpe(spec["argv"][0], spec["argv"], spec["env"])  # noqa: S606  # a container's first process
    except BaseException as error:
        print(f"the container could not be started: {error!r}", file=sys.stderr, flush=True)  # noqa: T201  # its log
        os._exit(128)


def _make_root(spec):
    _mount("", "/", "", MS_REC | MS_PRIVATE)
    work = spec["folder"]
    _mount("tmpfs", work, "tmpfs", 0)
    upper, inner, root = f"{work}/upper", f"{work}/inner", f"{work}/root"
    for each in (upper, inner, root):
        Path(each).mkdir()
    _mount(
        "overlay", root, "overlay", 0, f"lowerdir={spec['lower']},upperdir={upper},workdir={inner}"
    )
    for path, mode in spec["open"]:
        Path(root + path).chmod(mode)
    for path in ("/proc", "/dev"):
        Path(root + path).mkdir(parents=True, exist_ok=True)
    _mount("proc", f"{root}/proc", "proc", MS_NOSUID)
    _mount("/dev", f"{root}/dev", "", MS_BIND | MS_REC)
    for source, target, read_only in spec["mounts"]:
        Path(root + target).mkdir(parents=True, exist_ok=True)
        _mount(source, root + target, "", MS_BIND | MS_REC)
        if read_only:
            _mount("", root + target, "", MS_REMOUNT | MS_BIND | MS_RDONLY)
    if spec["read_only"]:
        _mount("", root, "", MS_REMOUNT | MS_RDONLY)
    os.chroot(root)
    os.chdir("/")


def _mount(source, target, kind, flags, data=""):
    _must(
        libc.mount(source.encode(), target.encode(), kind.encode(), flags, data.encode()),
        f"mount {source} on {target}",
    )


def _must(result, what):
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


if __name__ == "__main__":
    main()
