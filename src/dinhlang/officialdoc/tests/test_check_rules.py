"""Every rule on its own examples: it finds what it must, and leaves alone what is right."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from dinhlang.officialdoc.check import Rule
from dinhlang.officialdoc.check.catalogue import page
from dinhlang.officialdoc.check.registry import said
from dinhlang.officialdoc.check.rules import RULES


def name(rule: Rule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_what_is_wrong_is_found(rule: Rule) -> None:
    for example in rule.bad:
        found = rule.check(example.case())
        assert found, example.text
        for one in found:
            assert one.rule == rule.id
            assert one.kind is rule.kind
            assert re.search(r"[.:?]$|\)$", one.message), "a message is a sentence"
            assert one.fix != one.quote


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_what_is_right_is_left_alone(rule: Rule) -> None:
    for example in rule.good:
        assert rule.check(example.case()) == [], example.text


def test_every_rule_has_a_number_of_its_own_and_examples_of_both_sorts() -> None:
    assert not [number for number, times in Counter(rule.id for rule in RULES).items() if times > 1]
    for rule in RULES:
        assert re.fullmatch(r"DL\d{3}", rule.id)
        assert rule.bad, rule.id
        assert rule.good, rule.id
        assert rule.title, rule.id


@pytest.mark.parametrize("rule", [one for one in RULES if one.words], ids=name)
def test_no_rule_asks_for_words_that_it_finds_on_the_same_day(rule: Rule) -> None:
    for day in sorted({since for _find, _write, since in rule.words if since} | {date(2026, 1, 5)}):
        in_force: dict[str, str | None] = {}
        for find, write, since in rule.words:
            if since is None or since <= day:
                in_force.setdefault(find, write)
        assert not {find: write for find, write in in_force.items() if write in in_force}, day


@pytest.mark.parametrize(
    ("day", "instead"), [(date(2023, 5, 4), "42/2022/NĐ-CP"), (date(2026, 7, 2), "224/2026/NĐ-CP")]
)
def test_a_decree_replaced_twice_is_replaced_by_that_of_the_day(day: date, instead: str) -> None:
    [rule] = [one for one in RULES if one.id == "DL305"]
    [found] = rule.check(said("Xã đã làm: 43/2011/NĐ-CP.", as_of=day).case())
    assert f"“{instead}”" in found.message


def test_the_page_of_rules_is_what_the_rules_say() -> None:
    written = (Path(__file__).parents[4] / "docs/rules.md").read_text(encoding="utf-8")
    assert written == page(), "write it anew: python -m dinhlang.officialdoc.check.catalogue > docs/rules.md"
