"""The document inside another page: the same words, figures that lead somewhere, nothing a strict policy forbids."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from lxml import html as lxml_html

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document, Kind, Paragraph, Role, Run, Table
from dinhlang.officialdoc.tests.strategies import documents
from dinhlang.officialdoc.write.web import Links


def leading(anchor: str) -> str | None:
    return None if anchor == "lost" else f"/so-lieu/{anchor}/"


DOCUMENT = Document(
    kind=Kind.REPORT,
    body=(
        Paragraph(
            Role.BODY, (Run("Đã đăng "), Run("36", fact="articles"), Run(" tin và "), Run("2", fact="lost"))
        ),
        Table(("STT", "Số"), (("1", "hơn 800 (*)"), ("2", "5 <b>"))),
        Table(("STT", "Số"), (("1", "7"),)),
    ),
)
ALLOWED = {
    "article",
    "section",
    "header",
    "footer",
    "div",
    "p",
    "span",
    "a",
    "br",
    "em",
    "strong",
    "ul",
    "li",
    "hr",
} | {*("h1", "h2", "h3", "h4", "h5", "table", "thead", "tbody", "tr", "th", "td")}
CELLS = {(0, 1, 1): ("guidance", "hơn 800"), (1, 1, 1): ("posts", "not as printed")}


def test_figures_in_text_and_in_cells_are_links_to_their_pages() -> None:
    made = lxml_html.fragment_fromstring(write.article(DOCUMENT, Links(leading, CELLS)))
    found = {link.get("href"): (link.get("id"), link.text_content()) for link in made.iter("a")}
    assert found == {
        "/so-lieu/articles/": ("so-articles", "36"),
        "/so-lieu/guidance/": ("so-guidance", "hơn 800"),
        # What is printed otherwise than the figure says is a link as a whole.
        "/so-lieu/posts/": ("so-posts", "7"),
    }
    assert "hơn 800 (*)" in made.text_content()
    assert "tin và 2" in made.text_content()


def test_the_words_are_those_of_the_page_by_itself() -> None:
    alone = lxml_html.document_fromstring(write.html(DOCUMENT)).find("body")
    within = lxml_html.fragment_fromstring(write.article(DOCUMENT, Links(leading, CELLS)))
    assert " ".join(alone.text_content().split()) == " ".join(within.text_content().split())


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(documents())
def test_nothing_in_any_document_becomes_markup_or_style(doc: Document) -> None:
    made = write.article(doc, Links(leading))
    tags = set(re.findall(r"<(\w+)", made))
    assert tags <= ALLOWED
    assert not re.search(r"<[^>]*\s(?:style|on\w+)=", made)


def test_a_hostile_anchor_stays_an_attribute() -> None:
    doc = Document(body=(Paragraph(Role.BODY, (Run("1", fact='"><script>x'),)),))
    made = write.article(doc, Links(lambda anchor: f"/{anchor}"))
    assert "<script" not in made
