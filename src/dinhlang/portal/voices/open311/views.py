"""The addresses of the standard, for each site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from functools import wraps
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from dinhlang.citizens import actions
from dinhlang.citizens.actions import Agreed, keys
from dinhlang.citizens.models import Open311Key
from dinhlang.citizens.rules import categories
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.rules.recognition import recognise
from dinhlang.org.models import Unit
from dinhlang.org.often import is_too_often, was_too_often
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in.limits import address_of
from dinhlang.org.views import today
from dinhlang.portal.api.serving import later, leave, opened
from dinhlang.portal.sites.addresses import VIETNAMESE, Addresses, absolute
from dinhlang.portal.sites.frame import finished
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.voices.forms import read_point
from dinhlang.portal.voices.open311 import rules, telling
from dinhlang.portal.voices.open311 import updates as updating
from dinhlang.portal.voices.open311.rules import Fault
from dinhlang.portal.voices.open311.written import FORMS, answer
from dinhlang.portal.voices.sending import CONSENT, hamlets_of
from dinhlang.portal.voices.serving import site_at
from dinhlang.vietnamese.text import nfc

MOST_WRONG_KEYS, MOST_OF_A_KEY = 20, 2_000
_TEN_MINUTES, _HOUR = timedelta(minutes=10), timedelta(hours=1)
View = Callable[..., HttpResponse]


def _served(methods: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """An address of every open site that answers in the form asked for, faults too."""

    def made(view: View) -> View:
        @csrf_exempt  # No session: whoever posts shows a key.
        @wraps(view)
        def answered(
            request: HttpRequest, form: str, site: str = "", language: str = VIETNAMESE, **given: Any
        ) -> HttpResponse:
            if request.method == "OPTIONS":
                return opened(leave(methods, ("If-None-Match", "Idempotency-Key")))
            with translation.override(VIETNAMESE):
                try:
                    if request.method not in methods:
                        raise Fault(
                            405, _("Địa chỉ này chỉ nhận %(methods)s.") % {"methods": ", ".join(methods)}
                        )
                    found = site_at(request, site)
                    if found is None:
                        raise Fault(404, _("Không có trang công khai nào ở địa chỉ này."))
                    _check_jurisdiction(request, found)
                    made = view(request, found, form, **given)
                except Fault as fault:
                    made = _fault(form, fault)
                except DatabaseError:
                    made = later(_fault(form, Fault(503, _("Máy chủ đang bận. Xin gọi lại sau một phút."))))
            if made.status_code == 405:
                made.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
            if request.method == "POST":
                made.headers["Cache-Control"] = "no-store"
            else:
                made = finished(request, made)
            return opened(made)

        return answered

    return made


def _fault(form: str, fault: Fault) -> HttpResponse:
    told = [{"code": fault.status, "description": fault.description}]
    # What is wrong with a feed is said in the form that its readers understand.
    return answer(form if form in FORMS else "xml", "errors", told, status=fault.status)


def _check_jurisdiction(request: HttpRequest, site: SiteNow) -> None:
    given = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id", "")
    if given and given != telling.jurisdiction_of(site):
        raise Fault(
            404,
            _("Không có jurisdiction_id này. Ở đây là %(id)s, hoặc để trống.")
            % {"id": telling.jurisdiction_of(site)},
        )


@_served()
def discovery(request: HttpRequest, site: SiteNow, form: str) -> HttpResponse:
    return answer(form, "discovery", telling.discovery(site))


@_served()
def services(request: HttpRequest, site: SiteNow, form: str) -> HttpResponse:
    return answer(form, "services", telling.services())


@_served()
def service(request: HttpRequest, site: SiteNow, form: str, code: str) -> HttpResponse:
    if code not in categories.categories():
        raise Fault(404, _("Không có service_code này. Xem services.%(form)s.") % {"form": form})
    asked = rules.attributes(hamlets_of(site.unit_id, today()))
    return answer(form, "service_definition", telling.definition(code, asked))


@_served()
def token(request: HttpRequest, site: SiteNow, form: str, token: str) -> HttpResponse:
    """Every request has its identifier at once, so there are no tokens to wait with."""
    raise Fault(404, _("Không có token này: mã phản ánh được trả ngay khi gửi."))


@_served(("GET", "HEAD", "POST"))
def requests(request: HttpRequest, site: SiteNow, form: str) -> HttpResponse:
    if request.method == "POST":
        return answer(form, "service_requests", [_posted(request, site)])
    names = dict(hamlets_of(site.unit_id, today()))
    is_extended = request.GET.get("extensions", "") == "true"
    rows = [telling.request(site, one, names, is_extended=is_extended) for one in _asked(request, site)]
    return answer(form, "service_requests", rows)


def _unknown() -> Fault:
    return Fault(404, _("Không có phản ánh nào mang mã này, hoặc chưa được công khai."))


@_served()
def one_request(request: HttpRequest, site: SiteNow, form: str, uid: UUID) -> HttpResponse:
    found = telling.by_ids(site, [str(uid)])
    if not found:
        raise _unknown()
    names = dict(hamlets_of(site.unit_id, today()))
    is_extended = request.GET.get("extensions", "") == "true"
    told = answer(form, "service_requests", [telling.request(site, found[0], names, is_extended=is_extended)])
    feed = absolute(site, Addresses(site).request_feed(uid))
    told.headers["Link"] = f'<{feed}>; rel="alternate"; type="application/atom+xml"'
    return told


@_served()
def updates(request: HttpRequest, site: SiteNow, form: str, uid: UUID) -> HttpResponse:
    """What became of one request, for who may ask for it."""
    found = telling.by_ids(site, [str(uid)])
    if not found:
        raise _unknown()
    return updating.feed(site, found[0], dict(hamlets_of(site.unit_id, today())))


@_served()
def old_request(request: HttpRequest, site: SiteNow, form: str, uid: UUID) -> HttpResponse:
    """As the stored description of the standard writes the address."""
    return HttpResponsePermanentRedirect(Addresses(site).open311(f"requests/{uid}.{form}"))


def _asked(request: HttpRequest, site: SiteNow) -> list[Any]:
    given = request.GET
    ids = given.get("service_request_id", "")
    if ids:
        return telling.by_ids(site, _uids(ids))
    codes = [one.strip() for one in given.get("service_code", "").split(",") if one.strip()]
    unknown = [one for one in codes if one not in categories.categories()]
    if unknown:
        raise Fault(404, _("Không có service_code “%(code)s”.") % {"code": unknown[0][:40]})
    at = timezone.now()
    span = rules.span(
        rules.moment(given.get("start_date", ""), "start_date"),
        rules.moment(given.get("end_date", ""), "end_date"),
        at,
    )
    return list(
        telling.within(
            site,
            span,
            states=rules.states_of(given.get("status", ""), given.get("detailed_status", "")),
            codes=codes,
            changed_since=rules.moment(given.get("updated_after", ""), "updated_after"),
            changed_until=rules.moment(given.get("updated_before", ""), "updated_before"),
            most=_most(given.get("max_requests", "")),
            at=at,
        )
    )


def _most(written: str) -> int:
    if not written:
        return rules.MOST_REQUESTS
    if not (written.isascii() and written.isdigit() and int(written[:9]) > 0):
        raise Fault(400, _("Tham số max_requests phải là một số từ 1 đến 1000."))
    return min(int(written[:9]), rules.MOST_REQUESTS)


def _uids(written: str) -> list[str]:
    found = []
    for one in written.split(",")[: rules.MOST_REQUESTS]:
        try:
            found.append(str(UUID(one.strip())))
        except ValueError:
            raise Fault(
                404, _("Không có phản ánh nào mang mã “%(id)s”.") % {"id": one.strip()[:40]}
            ) from None
    return found


# --- posting --------------------------------------------------------------------------------------------------------------


def _posted(request: HttpRequest, site: SiteNow) -> dict[str, Any]:
    """Take a request in. The same one again on the same day is the same case."""
    key = _key(request, site)
    given = request.POST
    code = given.get("service_code", "")
    if not code:
        raise Fault(400, _("Thiếu service_code. Xem services.json."))
    if code not in categories.categories():
        raise Fault(404, _("Không có service_code này. Xem services.json."))
    # Counted as it is kept: an app that writes marks apart from their letters has no less room.
    description = nfc(given.get("description", ""))
    if len(description) > rules.LONGEST_DESCRIPTION:
        raise Fault(400, _("Tham số description dài quá 4.000 ký tự."))
    point, place = _point(given.get("lat", ""), given.get("long", "")), given.get("address_string", "")
    if point is None and not place and not given.get("address_id"):
        raise Fault(400, _("Thiếu nơi xảy ra: gửi lat và long, address_string hoặc address_id."))
    hamlets = hamlets_of(site.unit_id, today())
    said = rules.answers(dict(given.lists()))
    rules.check_answers(rules.attributes(hamlets), said)
    hamlet = said.get("hamlet", [given.get("address_id", "")])[0]
    if hamlet and hamlet not in dict(hamlets):
        raise Fault(400, _("Không có address_id này. Mã thôn có ở services/{mã}.json, mục hamlet."))
    # Whoever says yes and no at once did not agree.
    has_consent, may_publish = (set(said.get(one, ())) == {"yes"} for one in ("consent", "publish"))
    sender = Sender()
    if has_consent:
        name = " ".join(filter(None, (given.get("last_name", ""), given.get("first_name", ""))))
        address = said.get("sender_address", [""])[0]
        sender = Sender(name, given.get("phone", ""), given.get("email", ""), address)
    try:
        receipt = actions.submit(
            unit=Unit.objects.get(pk=site.unit_id),
            told=Told(description, code, hamlet=hamlet, place=place, point=point),
            sender=sender,
            way=Way.OPEN311,
            key=_mark(request, key),
            agreed=Agreed(CONSENT if has_consent else "", may_publish),
            at=timezone.now(),
        )
    except Refused as reason:
        raise Fault(400, str(reason)) from None
    notice = _("Mã tra cứu %(code)s, mã bí mật %(pin)s. Hãy đưa hai mã này cho người gửi.") % {
        "code": receipt.code,
        "pin": receipt.pin,
    }
    left = (
        _("Ảnh ở media_url không được tải về; người gửi đưa ảnh qua trang của xã.")
        if given.get("media_url")
        else ""
    )
    return {
        "service_request_id": str(receipt.case.uid),
        "service_notice": " ".join(filter(None, (notice, receipt.told, _apart(description), left))),
        "account_id": None,
    }


def _apart(description: str) -> str:
    """Where a complaint or a denunciation goes, for whoever sent it; '' for what is neither. An app cannot be asked what is meant,
    so it is taken all the same and the desk asks."""
    found = recognise(description, today())
    if found is None:
        return ""
    return _("Nội dung này có vẻ là %(nature)s. %(told)s (%(basis)s)") % {
        "nature": str(found.nature.label).lower(),
        "told": found.told,
        "basis": found.legal_basis,
    }


def _key(request: HttpRequest, site: SiteNow) -> Open311Key:
    who = f"open311:wrong:{address_of(request)}"
    if was_too_often(who, most=MOST_WRONG_KEYS):
        raise Fault(403, _("Sai api_key quá nhiều lần. Xin đợi mười phút."))
    found = keys.key_of(request.POST.get("api_key", "")[:200], site.unit_id, timezone.now())
    if found is None:
        is_too_often(who, most=MOST_WRONG_KEYS, within=_TEN_MINUTES)
        raise Fault(403, _("Thiếu api_key, hoặc khóa không đúng, đã thu hồi. Xin xã cấp khóa."))
    if is_too_often(f"open311:key:{found.pk}", most=MOST_OF_A_KEY, within=_HOUR):
        raise Fault(403, _("Khóa này đã gửi quá nhiều trong một giờ. Xin đợi rồi gửi tiếp."))
    return found


def _point(latitude: str, longitude: str) -> tuple[Decimal, Decimal] | None:
    if not latitude and not longitude:
        return None
    point = read_point(f"{latitude},{longitude}")
    if point is None:
        raise Fault(400, _("Tham số lat và long phải là hai số, như 20.123456 và 105.123456."))
    return point


def _mark(request: HttpRequest, key: Open311Key) -> str:
    """What makes a request the same one: a key of the app's own, else all that it says on one day."""
    own = request.headers.get("Idempotency-Key", "")[:200]
    said = (
        [own]
        if own
        else [
            today().isoformat(),
            *(f"{name}={value}" for name, values in sorted(request.POST.lists()) for value in values),
        ]
    )
    return sha256("\0".join([str(key.pk), *said]).encode()).hexdigest()
