"""Put a price on the time that may pass without work before a deadline needs the full price.

Slack is an option: as long as there is some, an instance that is too dear can be refused.  What
it is worth is the extra price of on-demand times the likelihood that it will run out.  Outages
have heavy tails (the longer one lasts the longer it goes on to last), so that likelihood falls
as a power of the slack and not exponentially.  Its scale grows with the work that is left, for a
longer job meets more outages, and with the share of time that this job has lost to them so far.

The numbers were chosen on the first half of five zones' availability in spring 2023, on a week
of CPU instances with prices in every order, and on pairs of those and of two short sets.  They
lie on a wide plateau: halving or doubling one changes the cost by some thousandths.
"""

from __future__ import annotations

from orchestrator.policy.values import Standing, Terms

_SCALE_S = 600.0
_SCALE_PER_WORK = 0.03
_SCALE_PER_IDLE = 0.5
_IDLE_S, _SEEN_S = 360.0, 3600.0
"""Before anything is seen: six minutes were lost beside an hour of work."""
_TAIL = 2.0
_RESERVE_PER_WORK = 0.07
"""Kept for interruptions after the first on-demand instance: without it the first lost bet
would bind the whole rest of a long job to the full price."""


def reserve_s(work_s: float, terms: Terms) -> float:
    """Return with how little slack an on-demand instance is taken when there is no other."""
    return 2 * terms.boot_s + terms.again_s + _RESERVE_PER_WORK * work_s


def price_of_slack(now: Standing, terms: Terms, premium_usd: float) -> float:
    """Return what an hour of slack is worth in USD.

    Args:
        now: how things are, with a deadline.
        terms: of the job.
        premium_usd: what an hour on demand costs more than the cheapest pool.
    """
    slack_s = now.slack_s or 0.0
    spare_s = max(0.0, slack_s - reserve_s(now.work_s, terms))
    scale_s = _SCALE_S + now.work_s * (_SCALE_PER_WORK + _SCALE_PER_IDLE * _idle(now, terms))
    runs_out: float = (scale_s / (scale_s + spare_s)) ** _TAIL
    return premium_usd * runs_out


def _idle(now: Standing, terms: Terms) -> float:
    """Return how much time goes by without work for each second of work, as seen so far."""
    done_s = max(0.0, terms.work_s - now.work_s)
    idle_s = max(0.0, now.elapsed_s - done_s)
    return (_IDLE_S + idle_s) / (_SEEN_S + done_s)
