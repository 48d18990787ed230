"""Decide which instances to ask for, when to move and when to pay the full price; pure.

Every fleet asks the same function, :func:`decide`, with what it holds, what is left to do and
what the pools cost; it does what the :class:`Decision` says and asks again.  Nothing here
reads a clock, a file or a socket.  ``benchmarks/policy.py`` replays recorded months against it.
"""

from orchestrator.policy.counts import Point, cheapest_in_time, fastest_for, front
from orchestrator.policy.decision import decide
from orchestrator.policy.slack import price_of_slack, reserve_s
from orchestrator.policy.values import Decision, Held, Pool, Standing, Terms

__all__ = [
    "Decision",
    "Held",
    "Point",
    "Pool",
    "Standing",
    "Terms",
    "cheapest_in_time",
    "decide",
    "fastest_for",
    "front",
    "price_of_slack",
    "reserve_s",
]
