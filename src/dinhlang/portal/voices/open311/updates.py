"""What became of one request, as an Atom feed: the standard has no field for it.

Whoever has the identifier of a request reads this, with no PIN: of what is published that is everyone, of what came from an app
whoever knows 122 random bits. So it says what `requests/<id>` says by and by, and no more: public notices with their moments and
the pair that was published. Nobody's words before they were redacted, no reasons, no officials, no days that were promised.
"""

from __future__ import annotations

from django.http import HttpResponse

from dinhlang.citizens import queries
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules import categories
from dinhlang.portal.news import feeds as news
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.voices.feeds import entry
from dinhlang.portal.voices.open311 import rules, telling


def feed(site: SiteNow, case: Case, names: dict[str, str]) -> HttpResponse:
    """The feed of a case that `telling.by_ids` gave, the newest first; `names` are those of hamlets by id."""
    to, shown = Addresses(site), telling.public_text(case)
    page = to.voice(shown.uid) if shown else to.voice_look
    entries = [
        news.Entry(
            key=f"request:{case.uid}:{number}",
            title=notice,
            address=absolute(site, page),
            summary=notice,
            published_at=at,
            updated_at=at,
            author=site.body,
            categories=(categories.label_of(case.category),),
        )
        for number, notice, at in rules.noticed(queries.states(case))
    ]
    if shown is not None:
        entries.append(entry(site, shown, names))
    called = (
        shown.title if shown and shown.title else f"Phản ánh về {categories.label_of(case.category).lower()}"
    )
    return news.answer(
        "atom",
        site,
        title=f"{called} – {site.body}",
        about="Các bước xã đã làm và câu trả lời đã công khai, không nêu tên ai.",
        page=page,
        own=to.request_feed(case.uid),
        entries=sorted(entries, key=lambda one: one.updated_at, reverse=True),
        key=f"request:{case.uid}",
    )
