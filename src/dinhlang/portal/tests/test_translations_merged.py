"""Two branches that both translate: Git merges a catalogue by message, and loses none."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import translations
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(translations.__file__).resolve().parent.parent
HEAD = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
SAID = st.dictionaries(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["Nhận", "Trả", "Gửi", "%(n)s hồ sơ"])),
    st.sampled_from(["", "one", "another", "a third"]),
)
"""Room and sentence → its English. A sentence said by several rooms stands once, as `update` writes it."""


def written(path: Path, said: dict[tuple[str, str], str]) -> Path:
    entries, room, known = [], "", set()
    for (who, text), english in sorted(said.items()):
        if text not in known:
            head = f"# --- {who}\n" if who != room else ""
            entries.append(f'{head}msgid "{text}"\nmsgstr "{english}"\n')
            room = who
            known.add(text)
    path.write_text(HEAD + "\n".join(entries), "utf-8")
    return path


def english(path: Path) -> dict[str, tuple[str, bool]]:
    return {one.id: (one.string, one.fuzzy) for one in translations.read(path)}


@settings(max_examples=60)
@given(SAID, SAID, SAID)
def test_whoever_changed_a_sentence_decides_and_nothing_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    base: dict[tuple[str, str], str],
    ours: dict[tuple[str, str], str],
    theirs: dict[tuple[str, str], str],
) -> None:
    folder = tmp_path_factory.mktemp("merged", numbered=True)
    before, here, there = (
        english(written(folder / name, said)) for name, said in (("b", base), ("o", ours), ("t", theirs))
    )
    doubts = {text for _, text in translations.merge(folder / "b", folder / "o", folder / "t")}
    merged = english(folder / "o")
    for text in {*before, *here, *there, *merged}:
        was, mine, other = (one.get(text, ("", False))[0] for one in (before, here, there))
        if text in doubts:
            assert "" not in (mine, other)
            assert len({was, mine, other}) == 3
            assert merged[text] == (mine, True)
        else:
            changed = {one for one in (mine, other) if one not in (was, "")}
            assert merged.get(text, ("", False)) in {
                (one, False) for one in changed or {mine, other} & {was, ""}
            }
            assert len(changed) < 2


def test_what_git_is_told_to_run_merges_and_stops_at_a_doubt(tmp_path: Path) -> None:
    assert (ROOT / ".gitattributes").read_text("utf-8") == "*.po merge=po\n"
    told = re.search(r"git config merge\.po\.driver '(.+)'", (ROOT / "scripts" / "setup").read_text("utf-8"))
    assert told
    written(tmp_path / "base", {("a", "Nhận"): "Take"})
    written(tmp_path / "theirs", {("a", "Nhận"): "Accept", ("c", "Gửi"): "Send"})
    command = told[1]
    for sign, name in (("%O", "base"), ("%A", "ours"), ("%B", "theirs")):
        command = command.replace(sign, str(tmp_path / name))

    def merged(ours: str) -> subprocess.CompletedProcess[str]:
        written(tmp_path / "ours", {("a", "Nhận"): ours, ("a", "Trả"): "Return"})
        return subprocess.run(command.split(), cwd=ROOT, capture_output=True, text=True, check=False)

    assert merged("Take").returncode == 0
    assert english(tmp_path / "ours") == {
        "Nhận": ("Accept", False),
        "Trả": ("Return", False),
        "Gửi": ("Send", False),
    }
    assert re.findall("^# --- (.)$", (tmp_path / "ours").read_text("utf-8"), re.MULTILINE) == ["a", "c"]
    stopped = merged("Receive")
    assert (stopped.returncode, "'Nhận'" in stopped.stderr) == (1, True)
    assert english(tmp_path / "ours")["Nhận"] == ("Receive", True)
    assert "# another branch: Accept\n" in (tmp_path / "ours").read_text("utf-8")
