"""What the market says becomes offers: types, zones, prices and how likely they are had."""

from decimal import Decimal

from orchestrator.fleet.ec2.market import look_at_market
from orchestrator.fleet.ec2.offers import Need, fitting, known_types, offers, pools
from tests.cloud import specs
from tests.cloud_faults.rig import REGION, Rig


def test_the_market_is_read_with_its_prices_and_scores(region):
    rig = Rig(region)
    types = fitting(known_types(), Need(most_vcpus=4))
    zone = next(z for kind, z in rig.zones() if specs.is_offered(REGION, kind, z))
    region.price("g6.xlarge", zone, 0.31, ago_s=7200)
    region.price("g6.xlarge", zone, 0.05, ago_s=60)
    region.on_demand("g6.xlarge", 0.8048)
    market = look_at_market(rig.clients, [each.instance_type for each in types])
    found = offers(types, market)
    first = found[0]
    assert (first.type.instance_type, first.subnet.zone) == ("g6.xlarge", zone)
    assert first.spot_usd_per_hour == Decimal("0.05")
    assert first.spot_high_usd >= Decimal("0.31")
    assert first.on_demand_usd_per_hour == Decimal("0.8048")
    assert first.score is not None
    assert len({pool.zone for pool in pools(found, dearest=Decimal(100))}) > 1


def test_a_market_without_scores_is_a_market(region):
    rig = Rig(region)
    region.throttle("GetSpotPlacementScores", 20)
    market = look_at_market(rig.clients, ["g6.xlarge", "g5.xlarge", "g4dn.xlarge"])
    assert market.scores == {}
    assert market.prices
    assert market.on_demand
