"""Every public address of a site, built in this one place.

An address is what stands after the host name. Under a host of its own a site has none of the prefix that it has under
the installation's; English pages stand under `/en/` with the same rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings

from dinhlang.portal.sites.registry import SiteNow

VIETNAMESE, ENGLISH = "vi", "en"
LANGUAGES = (VIETNAMESE, ENGLISH)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one site in one language."""

    site: SiteNow
    language: str = VIETNAMESE

    @property
    def base(self) -> str:
        return self.site.prefix + ("/en" if self.language == ENGLISH else "")

    def at(self, rest: str) -> str:
        """The address of what stands at `rest` inside the site ('/lien-he/')."""
        return self.base + rest

    @property
    def home(self) -> str:
        return self.at("/")

    @property
    def news(self) -> str:
        return self.at("/tin/")

    def column(self, slug: str) -> str:
        return self.at(f"/chuyen-muc/{slug}/")

    def month(self, slug: str, month: date) -> str:
        """What a column published in one month."""
        return self.at(f"/chuyen-muc/{slug}/{month:%Y-%m}/")

    def item(self, column: str, slug: str) -> str:
        return self.at(f"/tin/{column}/{slug}/")

    def picture(self, sha256: str, size: str) -> str:
        """A picture of an item in one of its sizes ('480.webp'): the same file in every language."""
        return f"{self.site.prefix}/hinh/{sha256}/{size}"

    def recording(self, sha256: str) -> str:
        return f"{self.site.prefix}/am-thanh/{sha256}"

    def sound(self, sha256: str, form: str) -> str:
        """A sound file, `form` 'mp3' or 'opus': the same in every language, as all that is heard."""
        return f"{self.site.prefix}/am-thanh/{sha256}.{form}"

    def transcript(self, item: int, form: str) -> str:
        """What is heard of an item, sentence by sentence, `form` 'vtt' or 'json'."""
        return f"{self.site.prefix}/nghe/{item}/loi.{form}"

    def chapters(self, item: int) -> str:
        """Where the parts of an item's sound begin."""
        return f"{self.site.prefix}/nghe/{item}/chuong.json"

    def podcast(self, column: str = "") -> str:
        """What can be heard of the site, or of one column."""
        where = f"/chuyen-muc/{column}" if column else ""
        return f"{self.site.prefix}{where}/podcast.rss"

    def cited(self, document: int) -> str:
        """The file of a document that an item cites."""
        return f"{self.site.prefix}/tep/{document}/"

    def calendar(self, column: str, slug: str) -> str:
        """An event as an entry of a calendar."""
        return f"{self.site.prefix}/tin/{column}/{slug}/lich.ics"

    @property
    def procedures(self) -> str:
        return self.at("/thu-tuc/")

    def procedure(self, code: str) -> str:
        """Permanent: the code alone."""
        return self.at(f"/thu-tuc/{code}/")

    @property
    def procedure_list(self) -> str:
        """Every procedure with its short code, as a table for machines."""
        return f"{self.site.prefix}/thu-tuc/danh-sach.csv"

    @property
    def procedure_changes(self) -> str:
        """What is new, amended or abolished."""
        return self.at("/thu-tuc/thay-doi/")

    def procedure_field(self, slug: str) -> str:
        return self.at(f"/thu-tuc/linh-vuc/{slug}/")

    def life_event(self, event: str) -> str:
        return self.at(f"/thu-tuc/viec/{event}/")

    def checklist(self, code: str) -> str:
        """What to bring, on one sheet to print."""
        return self.at(f"/thu-tuc/{code}/giay-to/")

    def procedure_data(self, code: str) -> str:
        """The procedure for machines (JSON-LD)."""
        return f"{self.site.prefix}/thu-tuc/{code}.jsonld"

    @property
    def documents(self) -> str:
        return self.at("/van-ban/")

    def papers(self, kind: str) -> str:
        """The documents of one kind ('ke-hoach')."""
        return self.at(f"/van-ban/{kind}/")

    def plan(self, slug: str) -> str:
        return self.at(f"/van-ban/ke-hoach/{slug}/")

    def plan_file(self, slug: str) -> str:
        return f"{self.site.prefix}/van-ban/ke-hoach/{slug}/tep/"

    def decision(self, key: int) -> str:
        """A decision that announces procedures."""
        return self.at(f"/van-ban/quyet-dinh/{key}/")

    def decision_file(self, key: int) -> str:
        return f"{self.site.prefix}/van-ban/quyet-dinh/{key}/tep/"

    @property
    def results(self) -> str:
        return self.at("/ket-qua/")

    @property
    def standings(self) -> str:
        """How the unit's reports stand, as open data."""
        return self.at("/ket-qua/nop-bao-cao/")

    def standing_file(self, programme: str, year: int, form: str) -> str:
        """A programme's reports of a year, `form` 'csv' or 'json'. Permanent; data have no language of their own."""
        return f"{self.site.prefix}/ket-qua/nop-bao-cao/{programme}/{year}.{form}"

    @property
    def voices(self) -> str:
        """Feedback that was answered in public."""
        return self.at("/phan-anh/")

    @property
    def voice_send(self) -> str:
        return self.at("/phan-anh/gui/")

    @property
    def voice_look(self) -> str:
        """Where a sender follows a case: code and PIN are posted, never part of an address."""
        return self.at("/phan-anh/tra-cuu/")

    @property
    def data_ask(self) -> str:
        """Where people ask about their own data."""
        return self.at("/du-lieu-cua-toi/")

    @property
    def data_follow(self) -> str:
        """Where a data request is followed: code and PIN are posted, never part of an address."""
        return self.at("/du-lieu-cua-toi/theo-doi/")

    @property
    def voice_figures(self) -> str:
        return self.at("/phan-anh/so-lieu/")

    def voice(self, uid: object) -> str:
        """A question with its answer."""
        return self.at(f"/phan-anh/{uid}/")

    def voice_feed(self, form: str, category: str = "", hamlet: str = "") -> str:
        """Published answers as a feed, `form` 'rss', 'atom' or 'json': all, of a field, of a hamlet."""
        where = f"/linh-vuc/{category}" if category else f"/thon/{hamlet}" if hamlet else ""
        return f"{self.site.prefix}/phan-anh{where}/nhat-ky.{form}"

    def voice_data(self, year: int, form: str) -> str:
        """All pairs that were published in a year, `form` 'csv' or 'json'."""
        return f"{self.site.prefix}/phan-anh/du-lieu/{year}.{form}"

    @property
    def voice_figures_data(self) -> str:
        return f"{self.site.prefix}/phan-anh/so-lieu.json"

    def open311(self, rest: str = "") -> str:
        """Open311 GeoReport v2."""
        return f"{self.site.prefix}/open311/v2/{rest}"

    def request_feed(self, uid: object) -> str:
        """What became of one request (Atom)."""
        return self.open311(f"requests/{uid}.atom")

    @property
    def dossier_look(self) -> str:
        """Where a dossier is looked up; `?ma=` fills in its code."""
        return self.at("/tra-cuu-ho-so/")

    @property
    def dossiers(self) -> str:
        """How dossiers are handled: in time or late, by month and field."""
        return self.at("/mot-cua/")

    def dossier_year(self, year: int) -> str:
        return self.at(f"/mot-cua/{year}/")

    @property
    def dossier_results(self) -> str:
        """Dossiers that have a result, by their codes."""
        return self.at("/mot-cua/ket-qua/")

    def dossier_data(self, year: int, form: str) -> str:
        """The figures of a year, `form` 'csv' or 'json'. Data have no language of their own."""
        return f"{self.site.prefix}/mot-cua/{year}.{form}"

    @property
    def surveys(self) -> str:
        """What citizens were asked, and what came of it."""
        return self.at("/khao-sat/")

    def survey_results(self, code: str) -> str:
        """The published results of one round."""
        return self.at(f"/khao-sat/{code}/")

    def survey_data(self, year: int, form: str) -> str:
        """All figures of the rounds that ended in a year, `form` 'csv' or 'json'. Data have no language of their own."""
        return f"{self.site.prefix}/khao-sat/{year}.{form}"

    @property
    def contacts(self) -> str:
        return self.at("/lien-he/")

    @property
    def organisation(self) -> str:
        return self.at("/to-chuc/")

    @property
    def site_map(self) -> str:
        return self.at("/so-do-trang/")

    @property
    def search(self) -> str:
        return self.at("/tim-kiem/")

    @property
    def accessibility(self) -> str:
        return self.at("/tro-nang/")

    @property
    def privacy(self) -> str:
        return self.at("/rieng-tu/")

    @property
    def kiosk(self) -> str:
        """Procedures on the screen beside the counter."""
        return self.at("/quay/")

    def kiosk_event(self, event: str, answers: str = "") -> str:
        """A life event at the kiosk, with the answers given so far ('0-x')."""
        return self.at(f"/quay/viec/{event}/" + (f"{answers}/" if answers else ""))

    def kiosk_field(self, slug: str) -> str:
        return self.at(f"/quay/linh-vuc/{slug}/")

    def kiosk_procedure(self, code: str) -> str:
        return self.at(f"/quay/thu-tuc/{code}/")

    @property
    def guides(self) -> str:
        """How to do things online, step by step."""
        return self.at("/huong-dan-so/")

    def guide(self, guide: str) -> str:
        return self.at(f"/huong-dan-so/{guide}/")

    def guide_step(self, guide: str, number: int) -> str:
        """One step of a guide, counted from 1."""
        return self.at(f"/huong-dan-so/{guide}/{number}/")

    def guide_leaflet(self, guide: str) -> str:
        """A guide on sheets to print; they have no language of their own."""
        return f"{self.site.prefix}/huong-dan-so/{guide}/to-roi.pdf"

    def feed(self, form: str, column: str = "") -> str:
        """News as a feed, `form` 'rss' or 'atom': all of it, or one column's. Feeds have no language of their own."""
        where = f"/chuyen-muc/{column}" if column else ""
        return f"{self.site.prefix}{where}/nhat-ky.{form}"

    def field_feed(self, form: str, field: str) -> str:
        """What tells of one field of administrative reform ('thu-tuc')."""
        return f"{self.site.prefix}/tin/linh-vuc/{field}/nhat-ky.{form}"

    def procedure_feed(self, form: str) -> str:
        return f"{self.site.prefix}/thu-tuc/thay-doi.{form}"

    @property
    def by_mail(self) -> str:
        """Where news by mail is asked for: at the installation, whose address stands in all its mails."""
        there = f"/thu-tin/{self.site.path}/"
        return absolute(None, there) if self.site.host else there

    def survey(self, token: str) -> str:
        """Where whoever has this code answers a survey: at the installation, which asks for all its communes."""
        there = f"/ks/{token}/"
        return absolute(None, there) if self.site.host else there

    @property
    def api(self) -> str:
        """What programs may read, explained to people."""
        return self.at("/api/v1/")

    @property
    def api_description(self) -> str:
        """The same for programs (OpenAPI)."""
        return f"{self.site.prefix}/api/v1/openapi.json"

    def api_of(self, kind: str, key: str = "") -> str:
        """A list that programs read ('items'), or one thing of it. Data have no language of their own."""
        return f"{self.site.prefix}/api/v1/{kind}" + (f"/{key}" if key else "")

    @property
    def sitemap(self) -> str:
        """For search engines."""
        return f"{self.site.prefix}/sitemap.xml"

    def other(self, language: str) -> Addresses:
        return Addresses(self.site, language)


def origin(site: SiteNow | None) -> str:
    """Scheme and host at which a site is known outside; of the installation for None."""
    if site is None or not site.host:
        return str(settings.PUBLIC_URL).rstrip("/")
    return f"{urlsplit(settings.PUBLIC_URL).scheme}://{site.host}"


def absolute(site: SiteNow | None, address: str) -> str:
    """The whole address."""
    return origin(site) + address


def whole(address: str) -> str:
    """An address with scheme and host; one that has no host is the installation's."""
    if address.startswith("//"):
        return f"{urlsplit(settings.PUBLIC_URL).scheme}:{address}"
    return absolute(None, address) if address.startswith("/") else address


def rest_of(site: SiteNow, address: str) -> str:
    """What stands after the site's prefix: '/ben-truc/lien-he/' gives '/lien-he/'."""
    return address.removeprefix(site.prefix) if site.prefix else address
