"""The registry of concepts."""

from __future__ import annotations

import pytest

from dinhlang.work.concepts import CONCEPTS, COUNTERS, FROM_PLAN, counters_under
from dinhlang.work.models import ActivityKind

# The indicators that strangers rely on, by the document contract.
CONTRACT = [
    "articles", "visits", "guidance", "broadcasts", "broadcast_minutes", "meetings", "attendees", "leaflets",
    "banners", "posts", "dossiers_received", "dossiers_resolved", "dossiers_on_time", "dossiers_late",
    "online_share", "satisfaction", "feedback", "trainings", "completion", "procedures_posted",
]  # fmt: skip


@pytest.mark.parametrize("concept_id", CONTRACT)
def test_every_concept_of_the_contract_is_declared(concept_id: str) -> None:
    assert CONCEPTS[concept_id].id == concept_id


@pytest.mark.parametrize("kind", ActivityKind)
def test_every_kind_of_activity_counts_something(kind: ActivityKind) -> None:
    assert COUNTERS[kind]


def test_a_concept_is_a_counter_or_a_share_or_comes_from_the_plan() -> None:
    for concept in CONCEPTS.values():
        ways = [concept.is_counter, not concept.additive, concept.id in FROM_PLAN - {"completion"}]
        assert sum(ways) == 1, concept.id


@pytest.mark.parametrize(
    ("share", "over"),
    [
        ("on_time_share", "dossiers_resolved"),
        ("online_share", "dossiers_received"),
        ("completion", "tasks_planned"),
    ],
)
def test_shares_rest_on_the_base_the_law_asks_for(share: str, over: str) -> None:
    assert CONCEPTS[share].denominator == over


def test_a_share_is_folded_from_its_two_counters() -> None:
    assert counters_under("online_share") == ("dossiers_online", "dossiers_received")
    assert counters_under("articles") == ("articles",)
    assert counters_under("completion") == ()


def test_what_is_missing_is_said_in_whole_sentences() -> None:
    for concept in CONCEPTS.values():
        assert concept.missing.startswith("Chưa"), concept.id
        assert concept.missing.count(".") == 2, concept.id
        assert "Cần" in concept.missing, concept.id


def test_writing_and_posting_never_share_a_counter() -> None:
    assert "articles" not in {concept.id for concept in COUNTERS[ActivityKind.SOCIAL]}
    assert {"articles", "posts"} <= {concept.id for concept in COUNTERS[ActivityKind.WEBSITE]}
