"""Every field of a room with persons says what it is kept for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps

from dinhlang.org import personal
from dinhlang.org.personal import Personal

# Everything that has a table, packages of others too: sessions, the door, tasks.
LABELS = [config.label for config in apps.get_app_configs() if list(config.get_models())]


def test_every_table_is_declared() -> None:
    assert {"citizens", "org", "portal", "sessions", "axes"} <= set(LABELS)
    assert [label for label in LABELS if personal.declared(label) is None] == []


@pytest.mark.parametrize("label", LABELS)
def test_no_field_is_kept_without_a_word(label: str) -> None:
    assert list(personal.faults(label)) == []


@pytest.mark.parametrize("label", LABELS)
def test_what_a_model_calls_personal_is_declared_personal(label: str) -> None:
    for model in apps.get_app_config(label).get_models():
        row = (personal.declared(label) or {})[model.__name__]
        for name in getattr(model, "PERSONAL_FIELDS", ()):
            assert isinstance(row[name], Personal), f"{label}.{model.__name__}.{name}"


@pytest.mark.parametrize("label", LABELS)
def test_what_a_field_is_kept_for_is_said_in_words(label: str) -> None:
    said = [one for row in (personal.declared(label) or {}).values() for one in row.values()]
    kept = [one for one in said if isinstance(one, Personal)]
    for one in kept:
        assert str(one.purpose)
        assert str(one.basis)
        assert (one.retention.months is None) == (not one.retention.after), one


def test_a_readable_field_says_why_it_is_not_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {name: dict(row) for name, row in (personal.declared("citizens") or {}).items()}
    kept = found["Case"]["latitude"]
    assert isinstance(kept, Personal)
    found["Case"]["latitude"] = replace(kept, open_because="")
    monkeypatch.setattr(personal, "declared", lambda label: found)
    assert list(personal.faults("citizens")) == [
        "citizens.Case.latitude is not sealed and does not say why (open_because)"
    ]


def test_a_field_that_says_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = {name: dict(row) for name, row in (personal.declared("citizens") or {}).items()}
    kept = found["Case"].pop("words")
    assert isinstance(kept, Personal)
    found["Case"]["wordz"] = replace(kept)
    found["Ghost"] = {}
    monkeypatch.setattr(personal, "declared", lambda label: found)
    assert set(personal.faults("citizens")) == {
        "citizens.Case.words says nothing",
        "citizens.Case.wordz is not there",
        "citizens.Ghost is not there",
    }
