"""Which pages have no frame of the desk. One that lost it would be looked at no more, and without a word (`frame.faults_of`)."""

from __future__ import annotations

from pathlib import Path

OURS = Path(__file__).parents[2]
# Seen by whoever has not signed in, came by a link of mail, or has no line.
BARE = {
    "account/logout.html",
    "broadcast/decide.html",
    "broadcast/decided.html",
    "broadcast/emergency_decide.html",
    "broadcast/emergency_decided.html",
    "broadcast/player.html",
    "newsroom/decide.html",
    "newsroom/decided.html",
    "org/accept.html",
    "org/decision_link_gone.html",
    "org/link_gone.html",
    "org/sign_in/cancelled.html",
    "org/sign_in/door.html",
    "org/sign_in/kept.html",
    "org/sign_in/locked.html",
    "org/sign_in/unknown.html",
    "reports/approval/confirm.html",
    "reports/approval/decide.html",
    "reports/approval/decided.html",
    "reports/submission/check.html",
    "socialaccount/authentication_error.html",
    "socialaccount/login.html",
    "work/offline.html",
}
# Pages of everyone's side, of the kiosks, of a mail and of a file that is handed over.
WITH_A_BODY_OF_THEIR_OWN = {
    "desk/bare.html",
    "portal/digest/mail.html",
    "portal/kiosk/base.html",
    "portal/plain.html",
    "portal/public/base.html",
    "portal/surveys/kiosk_base.html",
    "privacy/handed.html",
}


def test_only_these_pages_have_no_frame() -> None:
    found = {
        path.as_posix().rpartition("/templates/")[2]: path.read_text("utf-8")
        for path in OURS.rglob("templates/**/*.html")
    }
    assert "framed" in found["desk/base.html"]

    def that_say(words: str) -> set[str]:
        return {name for name, text in found.items() if words in text}

    assert that_say('{% extends "desk/bare.html" %}') == {"desk/base.html", *BARE}
    assert that_say("{% block bodyclass %}") == {"desk/base.html", "desk/bare.html"}
    assert that_say("<body") == WITH_A_BODY_OF_THEIR_OWN
