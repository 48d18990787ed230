"""Lay the cables of one test cloud: bridge, pairs, filters, rates.

Delay is missing on purpose: the kernels this runs on have no netem. Loss is nft's numgen,
rate is tc's tbf, a cut is a filter that drops without a word.
"""

from __future__ import annotations

import ipaddress
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

_TIMEOUT_S = 20.0
CLIENTS = 8
"""How many of the first addresses belong to the machine that runs the tests."""


@dataclass(frozen=True, slots=True)
class Network:
    """The addresses and names of one slot; several clouds run side by side, one a slot."""

    slot: int

    @property
    def cidr(self) -> ipaddress.IPv4Network:
        """The slot's own /20 of 10.99.0.0/16."""
        return ipaddress.IPv4Network(f"10.99.{16 * self.slot}.0/20")

    @property
    def endpoint(self) -> str:
        """Where the cloud answers, seen from hosts and tests alike."""
        return str(self.cidr[1])

    @property
    def bridge(self) -> str:
        """The bridge's name, also the name of the slot's nft tables."""
        return f"sucloud{self.slot}"

    def address(self, number: int) -> str:
        """The address of the host with this number; numbers wrap round after 4000 hosts."""
        return str(self.cidr[16 + number % (self.cidr.num_addresses - 32)])

    def client(self, number: int) -> str:
        """One of the addresses that the tests' machine may have."""
        return str(self.cidr[2 + number % (CLIENTS - 1)])

    def laptop(self, number: int) -> str:
        """The address of a laptop: a namespace that is not an instance."""
        return str(self.cidr[10 + number % 6])


@dataclass(slots=True)
class Line:
    """What happens on one host's cable; ``None`` stands for a good cable."""

    cut_in: bool = False
    cut_out: bool = False
    cut_from_cloud: bool = False
    cut_from_desktop: bool = False
    lost_permille: int = 0
    rate_in_kbit: int | None = None
    rate_out_kbit: int | None = None
    allowed: list[dict[str, Any]] | None = field(default_factory=list)
    """Who may open connections, as security groups say; ``None``: anybody."""


def mac_of(address: str) -> str:
    """The hardware address that goes with an address: known without asking."""
    one, two, three, four = address.split(".")
    return f"02:53:{int(one):02x}:{int(two):02x}:{int(three):02x}:{int(four):02x}"


def set_up(network: Network, port: int) -> None:
    """Make the bridge, its addresses and the guard that keeps hosts off this machine."""
    bridge, prefix = network.bridge, network.cidr.prefixlen
    endpoint, client = network.endpoint, network.client(0)
    # The address is set by hand: a bridge else takes the lowest of its ports' and changes it
    # as ports come and go, which flushes neighbours and loses packets.
    ip(
        f"link add {bridge} address {mac_of(endpoint)} type bridge forward_delay 0 stp_state 0",
        f"addr add {endpoint}/{prefix} dev {bridge}",
        f"addr add {client}/{prefix} dev {bridge}",
        f"link set {bridge} up",
        f"route change {network.cidr} dev {bridge} proto kernel scope link src {client}",
    )
    nft(
        f"table inet {bridge} {{\n"
        " chain in { type filter hook input priority 0; policy accept;\n"
        f'  iifname != "{bridge}" accept\n'
        f"  ip daddr {endpoint} tcp dport {port} accept\n"
        "  tcp flags & (syn|ack) == syn drop\n"
        "  ip protocol udp drop\n }\n"
        " chain through { type filter hook forward priority 0; policy accept;\n"
        f'  iifname "{bridge}" oifname "{bridge}" accept\n'  # some kernels filter bridges too
        f'  iifname "{bridge}" drop\n  oifname "{bridge}" drop\n }}\n'
        f"}}\ntable netdev {bridge} {{ }}\n"
    )


def tear_down(network: Network) -> None:
    """Remove what :func:`set_up` made; what is not there is no error."""
    for command in (
        ["ip", "link", "del", network.bridge],
        ["nft", "delete", "table", "inet", network.bridge],
        ["nft", "delete", "table", "netdev", network.bridge],
    ):
        subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT_S)


def move_client(network: Network, number: int, *, drop: int | None) -> str:
    """Let new connections of this machine come from another address; return it."""
    bridge, prefix = network.bridge, network.cidr.prefixlen
    address = network.client(number)
    commands = [
        f"addr replace {address}/{prefix} dev {bridge}",
        f"route change {network.cidr} dev {bridge} proto kernel scope link src {address}",
    ]
    if drop is not None:
        commands.append(f"addr del {network.client(drop)}/{prefix} dev {bridge}")
    ip(*commands)
    return address


def plug_in(network: Network, cable: str, address: str, pid: int) -> None:
    """Give the process's network namespace an eth0 whose other end is on the bridge."""
    mac = mac_of(address)
    ip(
        f"link add {cable} type veth peer name eth0 address {mac} netns {pid}",
        f"link set {cable} master {network.bridge} up",
        # Known for ever: a host that is gone is silence, not "No route to host".
        f"neigh replace {address} lladdr {mac} dev {network.bridge} nud permanent",
    )


def unplug(network: Network, cable: str, number: int) -> None:
    """Remove a cable and its filters; the kernel may have been quicker."""
    for command in (
        ["nft", "delete", "chain", "netdev", network.bridge, f"to{number}"],
        ["nft", "delete", "chain", "netdev", network.bridge, f"from{number}"],
        ["ip", "link", "del", cable],
    ):
        subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT_S)


def come_up(network: Network, address: str) -> None:
    """Configure the network from inside a host's own namespace."""
    neighbours = [network.endpoint, *(network.client(index) for index in range(CLIENTS - 1))]
    bridge_mac = mac_of(network.endpoint)
    ip(
        "link set lo up",
        "addr add 169.254.169.254/32 dev lo",
        "link set eth0 up",
        f"addr add {address}/{network.cidr.prefixlen} dev eth0",
        *(f"neigh replace {one} lladdr {bridge_mac} dev eth0 nud permanent" for one in neighbours),
    )


def filter_line(network: Network, cable: str, number: int, port: int, line: Line) -> None:
    """Put the cable's filters in force, the old ones replaced in one step."""
    table = f"netdev {network.bridge}"
    cloud = f"ip saddr {network.endpoint} tcp sport {port}"
    to = [
        *(["drop"] if line.cut_in else []),
        *([f"{cloud} drop"] if line.cut_from_cloud else []),
        *([f"{cloud} accept", "drop"] if line.cut_from_desktop else []),
        *_loss(line),
        *_doors(line.allowed),
    ]
    back = f"ip daddr {network.endpoint} tcp dport {port}"
    out = [
        *(["drop"] if line.cut_out else []),
        *([f"{back} drop"] if line.cut_from_cloud else []),
        *([f"{back} accept", "drop"] if line.cut_from_desktop else []),
        *_loss(line),
    ]
    nft(
        f"add chain {table} to{number} "
        f'{{ type filter hook egress device "{cable}" priority 0; }}\n'
        f"add chain {table} from{number} "
        f'{{ type filter hook ingress device "{cable}" priority 0; }}\n'
        f"flush chain {table} to{number}\nflush chain {table} from{number}\n"
        + "".join(f"add rule {table} to{number} {rule}\n" for rule in to)
        + "".join(f"add rule {table} from{number} {rule}\n" for rule in out)
    )


def _loss(line: Line) -> list[str]:
    lost = line.lost_permille
    return [f"numgen random mod 1000 < {lost} drop"] if lost else []


def _doors(allowed: Sequence[dict[str, Any]] | None) -> list[str]:
    if allowed is None:
        return []
    rules = ["ether type arp accept"]
    for one in allowed:
        source = f"ip saddr {one['cidr']}"
        ports = f"dport {one['first']}-{one['last']}" if one["first"] is not None else ""
        match one["protocol"]:
            case "tcp":
                rules.append(f"{source} tcp {ports or 'dport 0-65535'} accept")
            case "udp":
                rules.append(f"{source} udp {ports or 'dport 0-65535'} accept")
            case "icmp":
                rules.append(f"{source} ip protocol icmp accept")
            case _:
                rules.append(f"{source} accept")
    # Answers and connections that stand are let through, as a stateful group does.
    return [*rules, "tcp flags & (syn|ack) == syn drop", "ip protocol udp drop",
            "icmp type echo-request drop"]  # fmt: skip


def shape(cable: str, pid: int, line: Line) -> None:
    """Put the cable's rates in force, towards the host and away from it."""
    inside = ["nsenter", "-t", str(pid), "-n"]
    for prefix, device, rate in (
        ([], cable, line.rate_in_kbit),
        (inside, "eth0", line.rate_out_kbit),
    ):
        if rate is None:
            command = [*prefix, "tc", "qdisc", "del", "dev", device, "root"]
            subprocess.run(command, check=False, capture_output=True, timeout=_TIMEOUT_S)
            continue
        burst_bytes = max(32_000, rate * 125 // 50)
        run([*prefix, "tc", "qdisc", "replace", "dev", device, "root", "tbf", "rate",
             f"{rate}kbit", "burst", str(burst_bytes), "latency", "200ms"])  # fmt: skip


def ip(*commands: str) -> None:
    """Run several of ip's commands in one process."""
    run(["ip", "-batch", "-"], "\n".join(commands) + "\n")


def nft(rules: str) -> None:
    """Load nft rules, all of them or none."""
    run(["nft", "-f", "-"], rules)


def run(command: Sequence[str], text: str = "") -> None:
    """Run a command that has to work."""
    done = subprocess.run(
        command, input=text, check=False, capture_output=True, text=True, timeout=_TIMEOUT_S
    )
    if done.returncode != 0:
        raise OSError(f"{' '.join(command)} failed: {done.stderr.strip()} (asked: {text.strip()})")
