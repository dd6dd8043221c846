"""Every act leaves an entry, and every entry can be read: both are read off the source of all rooms."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from dinhlang.org.audit_words import PAGES, details
from dinhlang.org.rules.deeds import sentence

PACKAGE = Path(__file__).parents[2]
# What writes entries: `org.actions.audit`, and the one that notes each exported list; at the door, what its signals call.
WRITERS = {"audit", "export_list"}
AT_THE_DOOR = WRITERS | {"write"}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not {"tests", "migrations"} & set(path.relative_to(PACKAGE).parts):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            yield name, node


def action_of(call: ast.Call) -> ast.expr | None:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "action"), None)
    return named or next(iter(call.args), None)


def names_in(given: ast.expr) -> Iterator[str]:
    """The action's names: both of a choice, the beginning of one that is put together."""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        yield given.value
    elif isinstance(given, ast.IfExp):
        yield from names_in(given.body)
        yield from names_in(given.orelse)
    elif isinstance(given, ast.JoinedStr) and isinstance(given.values[0], ast.Constant):
        yield str(given.values[0].value)


def written() -> dict[str, Path]:
    """Every action that the code writes, by its name, with a place where it is written."""
    found: dict[str, Path] = {}
    for path, tree in sources():
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            chosen = {
                target.id: node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
            for name, call in calls(function):
                writers = AT_THE_DOOR if "sign_in" in path.parts else WRITERS
                given = action_of(call) if name in writers else None
                if isinstance(given, ast.Name):
                    given = chosen.get(given.id)
                if given is not None:
                    found.update(dict.fromkeys(names_in(given), path))
    return {name: path for name, path in found.items() if "." in name}


def test_every_action_that_is_written_has_a_sentence() -> None:
    found = written()
    assert len(found) > 30
    missing = {name: path.name for name, path in found.items() if sentence(name) == name}
    assert missing == {}, "say in org/rules/deeds.py what these are called"


def functions_of(room: Path) -> dict[str, ast.FunctionDef]:
    paths = (
        [room / "actions.py"] if (room / "actions.py").exists() else sorted((room / "actions").glob("*.py"))
    )
    paths += sorted((room / "sign_in").glob("*.py"))
    return {
        node.name: node
        for path in paths
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


ROOMS = [
    room
    for room in sorted(PACKAGE.iterdir())
    if (room / "actions.py").exists() or (room / "actions").is_dir()
]
# `audit` is the writing itself. What is said of the values of a draft or of an old document one by one is nothing until
# it is confirmed, which leaves an entry. Of a document that is only checked nothing is stored: that it came in is noted. That somebody
# reads what a citizen wrote stands in the case's own record of openings. A survey's slip leaves the entry of its round (`hand_slip` of
# citizens) and none of the dossier: nothing leads from there to a code.
WITHOUT = {
    "audit",
    "decide_draft",
    "change_draft_rows",
    "decide_intake",
    "judge_as",
    "decide",
    "end_check",
    "open_original",
    "open_file",
    "hand_survey_slip",
}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_act_of_a_room_leaves_an_entry(room: Path) -> None:
    functions = functions_of(room)
    acts = {
        name
        for name, node in functions.items()
        if not name.startswith("_")
        and name not in WITHOUT
        and not node.args.args
        and {"by", "at"} <= {argument.arg for argument in node.args.kwonlyargs}
    }
    assert acts
    leaving = {name for name, node in functions.items() if WRITERS & {called for called, _ in calls(node)}}
    while more := {
        name
        for name, node in functions.items()
        if name not in leaving and leaving & {called for called, _ in calls(node)}
    }:
        leaving |= more
    assert acts - leaving == set(), "these change something and leave no trace"


def test_details_are_printed_as_people_write() -> None:
    assert details({"on": "2023-07-20", "rows": 5, "until": None, "sha256": "x"}) == [
        ("từ ngày", "20/7/2023"),
        ("số dòng", "5"),
    ]


def test_the_pages_of_objects_are_there() -> None:
    from django.urls import reverse

    for name in PAGES.values():
        assert reverse(name, args=[1])
