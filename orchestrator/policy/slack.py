"""Put a price on the time that may pass without work before a deadline needs the full price.

Slack is an option: as long as there is some, an instance that is too dear can be refused.  What
it is worth is the extra price of on-demand times the likelihood that it will run out.  Outages
have heavy tails (the longer one lasts the longer it goes on to last), so that likelihood
falls as a power of the slack and not exponentially.  The scale grows with the work that is left:
a longer job meets more outages.

The numbers were chosen on the first half of five zones' availability in spring 2023, on a week
of CPU instances with prices in every order, and on two short sets; they lie on a wide plateau.
"""

from __future__ import annotations

from orchestrator.policy.values import Terms

_SCALE_S = 600.0
_SCALE_PER_WORK = 0.1
_TAIL = 2.0
_RESERVE_PER_WORK = 0.07
"""Kept for interruptions after the first on-demand instance: without it the first lost bet
would bind the whole rest of a long job to the full price."""


def reserve_s(work_s: float, terms: Terms) -> float:
    """Return with how little slack an on-demand instance is taken when there is no other."""
    return 2 * terms.boot_s + terms.again_s + _RESERVE_PER_WORK * work_s


def price_of_slack(slack_s: float, work_s: float, terms: Terms, premium_usd: float) -> float:
    """Return what an hour of slack is worth in USD.

    Args:
        slack_s: what may pass without work.
        work_s: what is left to do.
        terms: of the job.
        premium_usd: what an hour on demand costs more than the cheapest pool.
    """
    scale_s = _SCALE_S + _SCALE_PER_WORK * work_s
    spare_s = max(0.0, slack_s - reserve_s(work_s, terms))
    runs_out: float = (scale_s / (scale_s + spare_s)) ** _TAIL
    return premium_usd * runs_out
