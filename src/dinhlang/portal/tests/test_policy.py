"""Whether the pages keep the policy is asked of every answer in `test_permission_matrix`; here, of those who ask."""

from __future__ import annotations

from django.http import HttpResponse

from dinhlang.portal.tests.policy import Inline, faults_of


def test_a_reader_of_the_test_sees_what_the_policy_stops() -> None:
    reader = Inline()
    reader.feed(
        '<p style="x" onclick="y"></p><style></style><script>z</script><script src="//a.vn/b.js"></script>'
        '<script type="application/json">{}</script><link href="https://a.vn/c.css">'
    )
    assert reader.found == [
        "p style",
        "p onclick",
        "style",
        "script",
        "script //a.vn/b.js",
        "link https://a.vn/c.css",
    ]


def test_an_answer_is_blamed_for_its_header_and_for_its_page() -> None:
    answer = HttpResponse('<p onclick="y">')
    answer.headers["Content-Security-Policy"] = (
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self'; object-src 'none'"
    )
    assert faults_of(answer) == [
        "not ('script-src', \"'self'\")",
        "unsafe",
        "p onclick",
    ]
    answer.headers["Content-Security-Policy"] = "default-src 'none'; script-src 'self'"
    assert faults_of(answer) == ["a script is allowed"]
