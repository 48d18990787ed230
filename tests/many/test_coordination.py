"""What coordination costs a chunk does not grow with the workers, and nothing is listed."""

import pytest

from benchmarks.coordination import requests_per_chunk


@pytest.mark.parametrize("segments", [1, 3])
def test_a_chunk_costs_the_same_requests_over_any_number_of_workers(tmp_path, segments):
    alone, several = (requests_per_chunk(tmp_path, workers, segments) for workers in (1, 6))
    assert alone == several
    assert alone == {
        "desktop get": 2 * segments,
        "desktop put": 2,
        "desktop sqs": 1,
        "worker get": 2 + segments,
        "worker put": 1 + 2 * segments,
        "worker sqs": 2,
    }
