"""Let these tests use the test cloud."""

from tests.cloud.fixtures import cloud, region, tidy_region

__all__ = ["cloud", "region", "tidy_region"]
