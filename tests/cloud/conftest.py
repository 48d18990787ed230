"""Let the tests of the test cloud use it."""

from tests.cloud.fixtures import cloud, region, tidy_region

__all__ = ["cloud", "region", "tidy_region"]
