"""Tracks made into people: who is one person, who is not, and who nobody is sure of."""

import numpy as np

from orchestrator.faces.groups import Look, group


def direction(seed):
    vector = np.random.default_rng(seed).normal(size=128)
    return vector / np.linalg.norm(vector)


def near(base, distance, seed=0):
    """Return a unit vector at ``distance`` from ``base``."""
    other = direction(1000 + seed)
    other -= base * (other @ base)
    other /= np.linalg.norm(other)
    angle = 2 * np.arcsin(distance / 2)
    return base * np.cos(angle) + other * np.sin(angle)


def look(embedding, start, end, *, source=0, tells=True, seconds=None):
    return Look(
        source=source,
        start_frame=start,
        end_frame=end,
        seconds=(end - start) / 30 if seconds is None else seconds,
        embeddings=() if embedding is None else (embedding,),
        tells=tells,
    )


A, B = direction(1), direction(2)


def test_faces_alike_are_one_person_and_faces_unlike_are_two():
    looks = [look(A, 0, 30), look(B, 30, 100), look(near(A, 0.3), 100, 130)]
    people = group(looks)
    assert [g.members for g in people] == [(1,), (0, 2)]
    assert not any(g.unsure for g in people)
    assert np.isclose(np.linalg.norm(people[0].embedding), 1)


def test_two_faces_in_one_frame_are_never_one_person():
    looks = [look(A, 0, 30), look(near(A, 0.05), 29, 60), look(near(A, 0.1), 0, 60, source=1)]
    for members in (g.members for g in group(looks)):
        assert not {0, 1} <= set(members)


def test_people_are_kept_apart_through_a_third_track_that_is_like_both():
    looks = [look(A, 0, 30), look(near(A, 0.2, 1), 0, 30), look(near(A, 0.1, 2), 40, 60)]
    assert sorted(len(g.members) for g in group(looks)) == [1, 2]


def test_an_unclear_face_joins_the_person_it_surely_is():
    looks = [look(A, 0, 90), look(near(A, 0.2), 90, 99, tells=False)]
    assert [g.members for g in group(looks)] == [(0, 1)]


def test_an_unclear_face_that_could_be_anyone_is_unsure():
    looks = [
        look(A, 0, 90),
        look(near(A, 0.37), 90, 99, tells=False),
        look(None, 99, 105, tells=False),
        look(near(A, 0.1), 80, 88, tells=False),
    ]
    people = group(looks)
    assert [g.members for g in people] == [(0,), (1, 2, 3)]
    assert people[1].unsure
    assert people[1].embedding == ()


def test_someone_hardly_seen_and_hardly_unlike_another_is_unsure():
    looks = [look(A, 0, 90), look(near(A, 0.395), 90, 99)]
    assert [g.unsure for g in group(looks)] == [False, True]
    looks = [look(A, 0, 90), look(near(A, 0.395), 90, 150)]
    assert [g.unsure for g in group(looks)] == [False, False]


def test_no_tracks_are_no_people():
    assert group([]) == ()


def test_every_track_is_in_exactly_one_group_and_the_order_does_not_matter():
    seed = 20
    random = np.random.default_rng(seed)
    bases = [direction(10 + n) for n in range(6)]
    looks = [
        look(near(bases[n % 6], random.uniform(0, 0.25), n), n * 10, n * 10 + 9, tells=n % 5 > 0)
        for n in range(40)
    ]
    people = group(looks)
    assert sorted(m for g in people for m in g.members) == list(range(40)), f"seed {seed}"
    shuffled = [int(place) for place in random.permutation(40)]
    again = group([looks[place] for place in shuffled])
    assert {frozenset(shuffled[m] for m in g.members) for g in again} == {
        frozenset(g.members) for g in people
    }, f"seed {seed}"
