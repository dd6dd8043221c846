"""Who gets what from the pages that are open to all, and from those of the desk about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.models import Site
from dinhlang.portal.sites.assets import stylesheet_address
from dinhlang.portal.tests.cast import EVERYONE, NEIGHBOUR, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {
    "publications:list": EVERYONE,
    "publications:report": WHO_MAY_SEE_IT,
    "publications:plan": WHO_MAY_SEE_IT,
    "publications:plan-publish": ONLY_BY_A_FORM,
    "publications:plan-withdraw": ONLY_BY_A_FORM,
    "publications:export": ONLY_BY_A_FORM,
    "publications:columns": {
        **dict.fromkeys(EVERYONE, 404),
        "van-hoa": 200,
        "van-phong": 200,
        NEIGHBOUR: 200,
    },
    "publications:site": {
        **dict.fromkeys(EVERYONE, 404),
        "van-hoa": 200,
        "van-phong": 200,
        NEIGHBOUR: 200,
    },
    "publications:duties": {
        **dict.fromkeys(EVERYONE, 404),
        "van-phong": 200,
        "chu-tich": 200,
    },
    "publications:search": {
        **dict.fromkeys(EVERYONE, 404),
        "van-hoa": 200,
        "van-phong": 200,
        NEIGHBOUR: 200,
    },
    "publications:search-demote": ONLY_BY_A_FORM,
    "publications:columns-usual": ONLY_BY_A_FORM,
    "publications:column": ONLY_BY_A_FORM,
    "publications:publish": ONLY_BY_A_FORM,
    "publications:withdraw": ONLY_BY_A_FORM,
    "publications:wording": ONLY_BY_A_FORM,
}

# What everyone gets, whoever they are, and nobody too.
PUBLIC: dict[str, int] = {
    "public:reports": 200,
    "public:report": 200,
    "public:figure": 200,
    "public:file": 200,
    "public:data": 200,
    # Off unless the operator turns it on.
    "public:check": 404,
    "public:look": 405,
    "public:look-style": 200,
    "public:stylesheet": 200,
    "public:accessibility": 200,
    "public:privacy": 200,
    "public:sitemaps": 200,
    "public:robots": 200,
    "public:security": 200,
    # One that is not there: pictures of public pages are open to all, and nothing beside them is told.
    "picture": 404,
}

# The pages of a site, in Vietnamese and in English.
SITE = dict.fromkeys(
    (
        "search",
        "search-suggest",
        "home",
        "documents",
        "results",
        "organisation",
        "contacts",
        "site-map",
        "accessibility",
        "privacy",
        "news",
        "procedures",
        "procedure-list",
        "procedure-changes",
        "sitemap",
        "api",
        "api-description",
        "api-items",
        "api-procedures",
        "api-documents",
        "api-indicators",
        "api-answers",
        "api-other-indicators",
        "voices",
        "voice-send",
        "voice-look",
        "voice-figures",
        "data-ask",
        "data-follow",
        "voice-figures-data",
        "dossier-look",
        "dossiers",
        "dossier-results",
        "surveys",
        "guides",
    ),
    200,
)
# What the world has nothing of: nobody learns more than that.
NEWS = dict.fromkeys(
    ("article", "calendar", "column", "month", "picture", "recording", "cited", "column-feed"), 404
)
NEWS |= {
    "field-feed": 200,
    "kiosk": 200,
    "kiosk-event": 200,
    "kiosk-answers": 200,
    "kiosk-field": 404,
    "kiosk-procedure": 404,
}
NEWS |= dict.fromkeys(("plan", "plan-file", "decision", "decision-file"), 404) | {"papers": 200}
NEWS |= dict.fromkeys(("procedure", "checklist", "procedure-data", "procedure-field"), 404)
NEWS |= dict.fromkeys(("api-item", "api-procedure", "api-nothing"), 404)
# Until the unit says so, nobody reads how its reports stand.
NEWS |= dict.fromkeys(("standings", "standing-file", "api-standings"), 404)
NEWS |= dict.fromkeys(("voice-feed", "voice-feed-category", "voice-data"), 200)
NEWS |= dict.fromkeys(("voice", "voice-feed-hamlet"), 404)
# Years before the first dossier are none of the register.
NEWS |= dict.fromkeys(("dossier-year", "dossier-data"), 404)
# No round was published yet.
NEWS |= dict.fromkeys(("survey-results", "survey-data"), 404)
NEWS |= dict.fromkeys(("open311-discovery", "open311-services", "open311-service", "open311-requests"), 200)
NEWS |= dict.fromkeys(("guide", "guide-step", "guide-leaflet"), 200)
NEWS |= {"open311-old-request": 301}
NEWS |= dict.fromkeys(("open311-token", "open311-nothing", "open311-request", "open311-updates"), 404)
NEWS |= dict.fromkeys(("sound", "transcript", "chapters", "column-podcast"), 404)
NEWS |= dict.fromkeys(("feed", "podcast", "procedure-feed", "life-event"), 200)
PUBLIC |= {
    f"{space}:{name}": answer for space in ("site", "site-en") for name, answer in (SITE | NEWS).items()
}
# What is printed is Vietnamese.
PUBLIC["site-en:guide-leaflet"] = 404

FRESH = {
    f"{space}:{name}" for space in ("site", "site-en") for name in ("voice-send", "data-ask", "guide-leaflet")
}


def _report(world: World) -> list[Any]:
    given = world.publication.report
    assert given.issued_on is not None
    return [given.unit_id, given.issued_on.year, given.number]


# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "publications:export": lambda world: ["xlsx"],
    "publications:column": lambda world: [1],
    "publications:search-demote": lambda world: [1],
    "publications:plan": lambda world: [world.plan.pk],
    "publications:plan-publish": lambda world: [world.plan.pk],
    "publications:plan-withdraw": lambda world: [world.plan.pk],
    "publications:report": lambda world: [world.publication.report_id],
    "publications:publish": lambda world: [world.publication.report_id],
    "publications:withdraw": lambda world: [world.publication.report_id],
    "publications:wording": lambda world: [world.publication.report_id, world.old_line.pk],
    "public:stylesheet": lambda world: [stylesheet_address()[3:-4]],
    "public:reports": lambda world: [world.commune.pk],
    "public:report": _report,
    "public:figure": lambda world: [*_report(world), "articles"],
    "public:file": lambda world: [*_report(world), "pdf"],
    "picture": lambda world: ["khong-co.png"],
    "public:data": lambda world: [*_report(world), "json"],
}

_NOBODYS = "00000000-0000-4000-8000-000000000000"
_NEWS: dict[str, list[Any]] = {
    "article": ["tin", "khong-co"],
    "calendar": ["tin", "khong-co"],
    "column": ["khong-co"],
    "month": ["khong-co", "2026-01"],
    "picture": ["0" * 64, "480.webp"],
    "recording": ["0" * 64],
    "cited": [1],
    "sound": ["0" * 64, "mp3"],
    "transcript": [1, "vtt"],
    "chapters": [1],
    "podcast": [],
    "column-podcast": ["khong-co"],
    "feed": ["rss"],
    "column-feed": ["khong-co", "atom"],
    "field-feed": ["thu-tuc", "rss"],
    "procedure": ["9.999999"],
    "checklist": ["9.999999"],
    "procedure-data": ["9.999999"],
    "procedure-field": ["khong-co"],
    "procedure-feed": ["atom"],
    "life-event": ["sinh-con"],
    "kiosk": [],
    "kiosk-event": ["sinh-con"],
    "kiosk-answers": ["sinh-con", "0-x"],
    "kiosk-field": ["khong-co"],
    "kiosk-procedure": ["9.999999"],
    "papers": ["ke-hoach"],
    "plan": ["khong-co"],
    "plan-file": ["khong-co"],
    "decision": [1],
    "decision-file": [1],
    "standings": [],
    "standing-file": ["cchc-tuyen-truyen", "2026", "csv"],
    "api-standings": [],
    "api-item": ["khong-co"],
    "api-procedure": ["9.999999"],
    "api-nothing": ["khong-co"],
    "voice": [_NOBODYS],
    "voice-feed": ["json"],
    "voice-feed-category": ["moi-truong", "rss"],
    "voice-feed-hamlet": ["khong-co", "atom"],
    "voice-data": ["2023", "csv"],
    "dossier-year": ["2023"],
    "dossier-data": ["2023", "csv"],
    "survey-data": ["2023", "csv"],
    "survey-results": ["abcdef"],
    "guide": ["vneid"],
    "guide-step": ["vneid", 1],
    "guide-leaflet": ["vneid"],
    "open311-discovery": ["json"],
    "open311-services": ["xml"],
    "open311-service": ["moi-truong", "json"],
    "open311-requests": ["json"],
    "open311-request": [_NOBODYS, "json"],
    "open311-updates": [_NOBODYS, "atom"],
    "open311-old-request": [_NOBODYS, "json"],
    "open311-token": ["khong-co", "json"],
    "open311-nothing": ["khong-co", "json"],
}

ARGUMENTS |= {
    f"{space}:{name}": lambda world: [Site.objects.get(unit=world.commune).path]
    for space in ("site", "site-en")
    for name in SITE
}
ARGUMENTS |= {
    f"{space}:{name}": lambda world, given=given: [Site.objects.get(unit=world.commune).path, *given]
    for space in ("site", "site-en")
    for name, given in _NEWS.items()
}
