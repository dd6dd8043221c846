"""What tells a person's form from a machine's."""

from __future__ import annotations

import base64
import json
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.citizens.rules.kinds import Doubt, doubts_of
from dinhlang.citizens.rules.states import Deed
from dinhlang.portal.voices import following, guards
from dinhlang.portal.voices.uploads import LARGEST, Bounded, LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable

AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """The library asks the machine's clock whether a challenge is over: here the test says what time it is."""

    def show(now: datetime) -> None:
        monkeypatch.setattr("altcha.v2.time", SimpleNamespace(time=now.timestamp, monotonic=time.monotonic))

    show(AT + timedelta(minutes=1))
    return show


def solved(ticket: guards.Ticket, challenge: str = "") -> dict[str, Any]:
    """What the browser sends who tries one counter after the other."""
    shown = altcha.Challenge.from_dict(json.loads(challenge or ticket.challenge()))
    solution = altcha.solve_challenge(shown, timeout=0)
    assert solution is not None
    assert solution.counter < guards.MOST_WORK
    return altcha.Payload(shown, solution).to_dict()


def sent(payload: Any) -> str:
    """As the hidden field carries it."""
    return base64.b64encode(json.dumps(payload).encode()).decode()


def test_a_person_who_takes_time_and_whose_browser_worked_is_no_machine() -> None:
    ticket = guards.read_ticket(guards.new_ticket(AT).written(), AT)
    later = AT + timedelta(seconds=20)
    assert guards.flags_of(ticket, trap="", payload=sent(solved(ticket)), answer="", at=later) == ()


def test_a_browser_without_a_script_answers_the_question_in_digits_or_in_words() -> None:
    ticket = guards.new_ticket(AT)
    total, later = sum(ticket.question), AT + timedelta(minutes=1)
    folded = {"hai": "HAI", "ba": "Ba.", "mười": "muoi"}
    for said in (
        str(total),
        f" {total} ",
        guards.in_words(total),
        folded.get(guards.in_words(total), str(total)),
    ):
        assert guards.flags_of(ticket, trap="", payload="", answer=said, at=later) == ()
    assert guards.flags_of(ticket, trap="", payload="", answer=str(total + 1), at=later) == (Doubt.NO_PROOF,)


def test_a_machine_is_marked_by_all_that_gives_it_away() -> None:
    ticket = guards.new_ticket(AT)
    assert guards.flags_of(ticket, trap="https://x.example", payload="12", answer="", at=AT) == tuple(Doubt)
    assert len(",".join(Doubt)) <= 40  # what a case has room for
    assert doubts_of(",".join(Doubt)) == list(Doubt)
    assert doubts_of("") == doubts_of("unknown") == []


def test_the_work_of_one_form_serves_no_other_and_holds_while_its_ticket_does(
    clock: Callable[[datetime], None],
) -> None:
    one, other = guards.new_ticket(AT), guards.new_ticket(AT)
    payload = solved(one)
    assert one.is_solved(sent(payload))
    assert one.is_solved(sent(payload)), "a form that is sent twice is still a person's"
    assert not other.is_solved(sent(payload))
    renamed = json.loads(json.dumps(payload))
    renamed["challenge"]["parameters"]["data"]["ticket"] = other.key
    assert not other.is_solved(sent(renamed))
    clock(AT + guards.HOLDS_FOR + timedelta(seconds=1))
    assert not one.is_solved(sent(payload))


def test_a_challenge_is_altchas_and_as_dear_as_the_phone_can_bear() -> None:
    ticket = guards.new_ticket(AT)
    shown = json.loads(ticket.challenge())
    parameters = shown["parameters"]
    assert shown.keys() == {"parameters", "signature"}
    assert (parameters["algorithm"], parameters["cost"]) == ("SHA-256", 1)
    assert parameters["expiresAt"] == int((AT + guards.HOLDS_FOR).timestamp())
    assert parameters["data"] == {"ticket": ticket.key}
    assert ticket.challenge() != ticket.challenge()
    assert len(sent(solved(ticket))) < guards.LONGEST_PAYLOAD / 4


def test_a_challenge_that_was_changed_or_is_of_somebody_elses_making_is_not_ours() -> None:
    ticket = guards.new_ticket(AT)
    whole = json.dumps(solved(ticket))
    for part, changed in (
        ("expiresAt", int(AT.timestamp()) + 10**9),
        ("expiresAt", None),
        ("algorithm", "SHA-1"),
        ("algorithm", "PBKDF2/SHA-256"),
        ("algorithm", "none"),
        ("cost", 0),
        ("keyPrefix", ""),
        ("keyPrefix", "00"),
        ("salt", ""),
        ("salt", "00" * 16 + "?expires=9999999999&"),
        ("nonce", "00" * 16),
        ("data", {}),
    ):
        payload = json.loads(whole)
        payload["challenge"]["parameters"][part] = changed
        assert not ticket.is_solved(sent(payload)), (part, changed)
    named = {"ticket": ticket.key}
    for secret in (None, "secret"):
        made = altcha.create_challenge("SHA-256", 1, counter=3, data=named, hmac_secret=secret)
        assert not ticket.is_solved(sent(solved(ticket, json.dumps(made.to_dict()))))
    # Version 1, where parameters stand in the salt: another protocol to us.
    old = altcha.ChallengeOptionsV1(hmac_key="x", number=3, max_number=5, salt=f"a?ticket={ticket.key}")
    assert not ticket.is_solved(sent({**altcha.create_challenge_v1(old).to_dict(), "number": 3}))
    assert ticket.is_solved(sent(json.loads(whole)))


def test_a_solution_that_is_none_is_a_doubt_and_no_error() -> None:
    ticket = guards.new_ticket(AT)
    whole = json.dumps(solved(ticket))
    counters = [("counter", one) for one in (-1, 2**32, 10**400, 1.5, True, "3", None, [], float("nan"))]
    keys = [("derivedKey", one) for one in ("", "zz", "\ud800", "00" * 32, None, 7, ["a"])]
    for part, changed in counters + keys:
        payload = json.loads(whole)
        payload["solution"][part] = changed
        assert not ticket.is_solved(sent(payload)), (part, changed)


def test_what_is_no_payload_is_a_doubt_and_no_error() -> None:
    ticket, later = guards.new_ticket(AT), AT + timedelta(minutes=1)
    inside = (
        "",
        "không phải JSON",
        "NaN",
        "1" * 2_900,
        "[" * 2_900,
        "null",
        "[]",
        "{}",
        '"challenge"',
        '{"challenge": [], "solution": {}}',
        '{"challenge": {"parameters": [], "signature": ""}, "solution": {}}',
    )
    written = [base64.b64encode(one.encode()).decode() for one in inside]
    written += [base64.b64encode(b"\xff\xfe").decode(), "12", "không phải base64", "\x00", "===="]
    for payload in (None, "", *written, "x" * 10_000_000):
        flags = guards.flags_of(ticket, trap="", payload=payload, answer="", at=later)
        assert flags == (Doubt.NO_PROOF,), payload and payload[:80]


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=9,
)
_NAMES = ["algorithm", "nonce", "salt", "cost", "keyLength", "keyPrefix", "expiresAt", "data", "keySignature"]


@given(
    st.fixed_dictionaries(dict.fromkeys(_NAMES, _JSON)),
    _JSON,
    st.fixed_dictionaries({"counter": _JSON, "derivedKey": _JSON}),
)
def test_no_json_whatever_stands_where_makes_an_error(parameters: Any, signature: Any, solution: Any) -> None:
    ticket = guards.Ticket("khoa", AT)
    challenge = {"parameters": parameters, "signature": signature}
    assert not ticket.is_solved(sent({"challenge": challenge, "solution": solution}))


@pytest.mark.parametrize("written", ["", "x", "a:b:c", "ImEi:1:2"])
def test_a_ticket_that_is_none_of_ours_is_stale(written: str) -> None:
    assert guards.read_ticket(written, AT) is None


def test_a_ticket_holds_for_a_day() -> None:
    written = guards.new_ticket(AT).written()
    assert guards.read_ticket(written, AT + timedelta(hours=23))
    assert guards.read_ticket(written, AT + timedelta(hours=25)) is None


def test_photos_that_are_too_many_or_too_large_are_passed_over() -> None:
    from django.core.files.uploadhandler import SkipFile

    left_out = LeftOut()
    handler = Bounded(left_out)

    def sent(name: str, size: int) -> bool:
        handler.new_file("photos", name, "image/jpeg", None)
        try:
            for start in range(0, size, 1 << 20):
                handler.receive_data_chunk(b"x" * min(1 << 20, size - start), start)
        except SkipFile:
            return False
        return True

    assert not sent("lon.jpg", LARGEST + 1)
    assert [sent(f"{number}.jpg", 1000) for number in range(7)] == [True] * 5 + [False] * 2
    assert left_out.large == ["lon.jpg"]
    assert left_out.many == ["5.jpg", "6.jpg"]


def test_everything_that_happens_to_a_case_has_words_for_its_sender() -> None:
    assert set(following._HAPPENED) == set(Deed)
