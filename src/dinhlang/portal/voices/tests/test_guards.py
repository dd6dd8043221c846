"""What tells a person's form from a machine's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from dinhlang.citizens.rules.kinds import Doubt, doubts_of
from dinhlang.citizens.rules.states import Deed
from dinhlang.portal.voices import following, guards
from dinhlang.portal.voices.uploads import LARGEST, Bounded, LeftOut

AT = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


def solved(ticket: guards.Ticket) -> str:
    """What the browser finds by trying."""
    return next(
        str(number)
        for number in range(guards.MOST_WORK)
        if sha256(f"{ticket.key}:{number}".encode()).hexdigest() == ticket.work
    )


def test_a_person_who_takes_time_and_whose_browser_worked_is_no_machine() -> None:
    ticket = guards.read_ticket(guards.new_ticket(AT).written(), AT)
    later = AT + timedelta(seconds=20)
    assert guards.flags_of(ticket, trap="", work=solved(ticket), answer="", at=later) == ()


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
        assert guards.flags_of(ticket, trap="", work="", answer=said, at=later) == ()
    assert guards.flags_of(ticket, trap="", work="", answer=str(total + 1), at=later) == (Doubt.NO_PROOF,)


def test_a_machine_is_marked_by_all_that_gives_it_away() -> None:
    ticket = guards.new_ticket(AT)
    assert guards.flags_of(ticket, trap="https://x.example", work="12", answer="", at=AT) == tuple(Doubt)
    assert len(",".join(Doubt)) <= 40  # what a case has room for
    assert doubts_of(",".join(Doubt)) == list(Doubt)
    assert doubts_of("") == doubts_of("unknown") == []


def test_the_work_of_one_form_serves_no_other() -> None:
    one, other = guards.new_ticket(AT), guards.new_ticket(AT)
    assert not guards.is_worked(other, solved(one))


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
