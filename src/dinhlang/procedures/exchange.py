"""A procedure for machines: schema.org GovernmentService, CPSV-AP 3.2 as JSON-LD, and a row of a table.

Pure functions of values: no database, no clock, no network. Cardinalities of CPSV-AP are those of its SHACL shapes
3.2.0; every property stands in an array except those that may occur once. ISO 8601 knows no working days, so the words
of a time limit always stand beside the duration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dinhlang.procedures.rules import Channel, Method, Sheet, Standing
from dinhlang.procedures.rules.changes import CHANNEL_WORDS, LEVEL_WORDS, count_words
from dinhlang.procedures.rules.fees import amount

NATIONAL_PORTAL = "https://dichvucong.gov.vn/"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Provider:
    """Who carries it out for the reader: the commune, with its whole address on the web."""

    name: str
    url: str
    area: str
    telephone: str = ""
    email: str = ""
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Described:
    """A procedure with what its sheet does not say: its whole address, standing, and the life events it belongs to.

    `events` are (id, title) of life events; `modified` the day of the version, ISO 8601, '' when not known.
    """

    code: str
    sheet: Sheet
    url: str
    provider: Provider
    standing: Standing = Standing.IN_FORCE
    modified: str = ""
    events: Sequence[tuple[str, str]] = ()
    replaced_by: str = ""


def summary(sheet: Sheet) -> str:
    """One sentence for lists and descriptions: what one gets, from whom, in which time."""
    if sheet.summary:
        return sheet.summary
    parts = [
        f"{sheet.name}.",
        f"Dành cho: {sheet.applicants}." if sheet.applicants else "",
        f"Kết quả: {'; '.join(one.name.rstrip('.') for one in sheet.results)}." if sheet.results else "",
        f"Cơ quan thực hiện: {sheet.carried_out_by or sheet.decided_by}."
        if sheet.carried_out_by or sheet.decided_by
        else "",
    ]
    return " ".join(one for one in parts if one)


# --- schema.org -------------------------------------------------------------------------------------


def government_service(of: Described) -> Json:
    """The service as schema.org describes one, ready for a `<script type="application/ld+json">`."""
    sheet, provider = of.sheet, of.provider
    organisation = _without_empty(
        {
            "@type": "GovernmentOrganization",
            "name": provider.name,
            "url": provider.url,
            "telephone": provider.telephone,
            "email": provider.email,
            "address": provider.address,
        }
    )
    area = {"@type": "AdministrativeArea", "name": provider.area}
    return _without_empty(
        {
            "@context": "https://schema.org",
            "@type": "GovernmentService",
            "@id": of.url,
            "url": of.url,
            "name": sheet.name,
            "description": summary(sheet),
            "identifier": {"@type": "PropertyValue", "propertyID": "Mã thủ tục hành chính", "value": of.code},
            "serviceType": sheet.field,
            "category": sheet.field,
            "provider": organisation,
            "serviceOperator": organisation,
            "jurisdiction": area,
            "areaServed": area,
            "audience": {"@type": "Audience", "audienceType": sheet.applicants} if sheet.applicants else None,
            "availableChannel": [_service_channel(of, one) for one in sheet.methods],
            "offers": [one for one in map(_offer, _fees(sheet)) if one],
            "serviceOutput": [
                _without_empty({"@type": "Thing", "name": one.name, "identifier": one.code})
                for one in sheet.results
            ],
            "termsOfService": sheet.conditions,
            "subjectOf": [
                _without_empty(
                    {
                        "@type": "Legislation",
                        "legislationIdentifier": one.number,
                        "name": one.title or one.number,
                        "legislationPassedBy": one.issuer,
                    }
                )
                for one in sheet.legal
            ],
            "additionalProperty": [
                _without_empty(
                    {
                        "@type": "PropertyValue",
                        "name": "Giấy tờ",
                        "value": one.name,
                        "description": count_words(one),
                    }
                )
                for one in sheet.papers
            ],
            "inLanguage": "vi",
            "dateModified": of.modified,
        }
    )


def _service_channel(of: Described, method: Method) -> Json:
    is_online = method.channel.value.startswith("online")
    at_counter = method.channel is Channel.COUNTER
    place = of.sheet.reception or of.provider.address
    return _without_empty(
        {
            "@type": "ServiceChannel",
            "name": method.named or str(CHANNEL_WORDS[method.channel]),
            "processingTime": method.duration.iso if method.duration else "",
            "description": method.time_limit,
            "serviceUrl": NATIONAL_PORTAL if is_online else "",
            "serviceLocation": {"@type": "Place", "name": of.provider.name, "address": place}
            if at_counter and place
            else None,
            "servicePhone": {"@type": "ContactPoint", "telephone": of.provider.telephone}
            if of.provider.telephone and not is_online
            else None,
            "servicePostalAddress": {"@type": "PostalAddress", "streetAddress": of.provider.address}
            if method.channel is Channel.POST and of.provider.address
            else None,
            "availableLanguage": "vi",
        }
    )


def _fees(sheet: Sheet) -> list[tuple[str, str]]:
    """(channel, words) of each fee, each wording once; the fee of all channels has none."""
    found: dict[str, str] = {}
    if sheet.fees:
        found[sheet.fees] = ""
    for one in sheet.methods:
        if one.fee and one.fee != "Không có thông tin":
            found.setdefault(one.fee, one.named or str(CHANNEL_WORDS[one.channel]))
    return [(channel, words) for words, channel in found.items()]


def _offer(fee: tuple[str, str]) -> Json:
    channel, words = fee
    money = amount(words)
    return _without_empty(
        {
            "@type": "Offer",
            "price": money,
            "priceCurrency": "VND",
            "description": words,
            "availableDeliveryMethod": channel,
        }
    )


# --- CPSV-AP 3.2 ------------------------------------------------------------------------------------

CONTEXT: Json = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def cpsv_service(of: Described, *, context: bool = True) -> Json:
    """The service by CPSV-AP 3.2. The place it serves is our own IRI, typed as an administrative unit."""
    sheet = of.sheet
    made: Json = {
        "@id": of.url,
        "@type": "cpsv:PublicService",
        "dct:identifier": of.code,
        "dct:title": [_vi(sheet.name)],
        "dct:description": [_vi(summary(sheet))],
        "cv:hasCompetentAuthority": [_authority(of)],
        "adms:status": _concept(of.url, "status", of.standing.value),
        "cv:processingTime": _one_duration(sheet.methods),
        "cv:hasChannel": [_channel(of, number, one) for number, one in enumerate(sheet.methods, 1)],
        "cpsv:hasInput": [
            _without_empty(
                {
                    "@id": f"{of.url}#giay-to-{number}",
                    "@type": "cv:Evidence",
                    "dct:identifier": f"{of.code}/giay-to/{number}",
                    "dct:title": [_vi(one.name)],
                    "dct:description": [_vi(said)] if (said := count_words(one)) else [],
                }
            )
            for number, one in enumerate(sheet.papers, 1)
        ],
        "cv:hasCost": [_cost(of, number, words) for number, (_c, words) in enumerate(_fees(sheet), 1)],
        "cpsv:produces": [
            {
                "@id": f"{of.url}#ket-qua-{number}",
                "@type": "cv:Output",
                "dct:identifier": one.code or f"{of.code}/ket-qua/{number}",
                "dct:title": [_vi(one.name)],
            }
            for number, one in enumerate(sheet.results, 1)
        ],
        "cv:hasLegalResource": [
            _without_empty(
                {
                    "@id": f"{of.url}#can-cu-{number}",
                    "@type": "eli:LegalResource",
                    "dct:identifier": one.number,
                    "dct:title": [_vi(one.title or one.number)],
                }
            )
            for number, one in enumerate(sheet.legal, 1)
        ],
        "cpsv:follows": [
            {
                "@id": f"{of.url}#trinh-tu",
                "@type": "cpsv:Rule",
                "dct:identifier": f"{of.code}/trinh-tu",
                "dct:title": [_vi("Trình tự thực hiện")],
                "dct:description": [_vi(sheet.steps)],
            }
        ]
        if sheet.steps
        else [],
        "cv:holdsRequirement": [
            {
                "@id": f"{of.url}#dieu-kien",
                "@type": "cv:Requirement",
                "dct:identifier": f"{of.code}/dieu-kien",
                "dct:title": [_vi("Yêu cầu, điều kiện")],
                "dct:description": [_vi(sheet.conditions)],
            }
        ]
        if sheet.conditions
        else [],
        "cv:contactPoint": _contact(of),
        "cv:isGroupedBy": [
            {
                "@id": f"{of.provider.url}#{event}",
                "@type": "cv:LifeEvent",
                "dct:identifier": event,
                "dct:title": [_vi(title)],
            }
            for event, title in of.events
        ],
        "cv:thematicArea": [_concept(of.url, "linh-vuc", sheet.field)] if sheet.field else [],
        "dcat:keyword": [_vi(one.strip()) for one in sheet.keywords.split(",") if one.strip()],
        "dct:language": ["http://publications.europa.eu/resource/authority/language/VIE"],
        "dct:spatial": [_place(of.provider)],
        "dct:isReplacedBy": of.replaced_by,
    }
    return ({"@context": CONTEXT} if context else {}) | _without_empty(made)


def cpsv_catalogue(title: str, url: str, provider: Provider, services: Iterable[Described]) -> Json:
    """The whole catalogue as a data set that has the services as its parts."""
    return {
        "@context": CONTEXT,
        "@id": url,
        "@type": "dcat:Dataset",
        "dct:title": [_vi(title)],
        "dct:description": [_vi(f"{title} của {provider.name}")],
        "dct:publisher": _organisation(provider),
        "dct:hasPart": [cpsv_service(one, context=False) for one in services],
    }


def _authority(of: Described) -> Json:
    """The commune itself; what the sheet says of who decides stands beside it in words."""
    made = _organisation(of.provider)
    if said := of.sheet.decided_by or of.sheet.carried_out_by:
        made["dct:description"] = [_vi(said)]
    return made


def _organisation(provider: Provider) -> Json:
    return {
        "@id": provider.url,
        "@type": "cv:PublicOrganisation",
        "dct:identifier": provider.url,
        "skos:prefLabel": [_vi(provider.name)],
        "dct:spatial": [_place(provider)],
    }


def _place(provider: Provider) -> Json:
    return {
        "@id": f"{provider.url}#dia-ban",
        "@type": "http://publications.europa.eu/ontology/euvoc#AdministrativeUnitType",
        "skos:prefLabel": [_vi(provider.area)],
    }


def _channel(of: Described, number: int, method: Method) -> Json:
    return _without_empty(
        {
            "@id": f"{of.url}#cach-{number}",
            "@type": "cv:Channel",
            "dct:identifier": f"{of.code}/cach/{number}",
            "dct:type": _concept(of.url, "kenh", method.channel.value),
            "dct:description": [_vi(said) for said in (method.time_limit, method.note) if said],
            "cv:processingTime": {"@type": "xsd:duration", "@value": method.duration.iso}
            if method.duration
            else None,
            "cv:openingHours": [of.provider.hours]
            if of.provider.hours and method.channel is Channel.COUNTER
            else [],
        }
    )


def _one_duration(methods: Sequence[Method]) -> Json | None:
    """The time limit of the service, when it is the same whatever the channel."""
    said = {one.duration.iso if one.duration else "" for one in methods}
    if len(said) != 1 or "" in said:
        return None
    return {"@type": "xsd:duration", "@value": said.pop()}


def _cost(of: Described, number: int, words: str) -> Json:
    money = amount(words)
    return _without_empty(
        {
            "@id": f"{of.url}#phi-{number}",
            "@type": "cv:Cost",
            "dct:identifier": f"{of.code}/phi/{number}",
            "cv:hasValue": None if money is None else {"@type": "xsd:double", "@value": str(float(money))},
            "cv:currency": None
            if money is None
            else {"@id": "http://publications.europa.eu/resource/authority/currency/VND"},
            "dct:description": [_vi(words)],
        }
    )


def _contact(of: Described) -> list[Json]:
    provider = of.provider
    if not (provider.telephone or provider.email):
        return []
    return [
        _without_empty(
            {
                "@id": f"{provider.url}#lien-he",
                "@type": "cv:ContactPoint",
                "cv:hasTelephone": provider.telephone,
                "cv:hasEmail": provider.email,
                "cv:openingHours": provider.hours,
                "cv:contactPage": provider.url,
            }
        )
    ]


def _concept(url: str, scheme: str, said: str) -> Json:
    return {"@type": "skos:Concept", "skos:inScheme": f"#{scheme}", "skos:prefLabel": [_vi(said)]}


def _vi(text: str) -> Json:
    return {"@language": "vi", "@value": text}


def _without_empty(made: Mapping[str, Any]) -> Json:
    return {key: value for key, value in made.items() if value not in (None, "", [], {})}


# --- tables -----------------------------------------------------------------------------------------

COLUMNS = (
    "Mã thủ tục",
    "Tên thủ tục",
    "Lĩnh vực",
    "Cấp thực hiện",
    "Cách thức thực hiện",
    "Thời hạn giải quyết",
    "Phí, lệ phí",
    "Cơ quan thực hiện",
    "Đối tượng thực hiện",
    "Thành phần hồ sơ",
    "Kết quả thực hiện",
    "Yêu cầu, điều kiện thực hiện",
    "Căn cứ pháp lý",
    "Số quyết định",
)


def row(code: str, sheet: Sheet) -> tuple[str, ...]:
    """A procedure as a row of a table; our own import reads such a table again."""
    return (
        code,
        sheet.name,
        sheet.field,
        ", ".join(str(LEVEL_WORDS[one]) for one in sheet.levels),
        "; ".join(dict.fromkeys(one.named or str(CHANNEL_WORDS[one.channel]) for one in sheet.methods)),
        "; ".join(dict.fromkeys(one.time_limit for one in sheet.methods if one.time_limit)),
        sheet.fees or "\n".join(words for _channel_of, words in _fees(sheet)),
        sheet.carried_out_by or sheet.decided_by,
        sheet.applicants,
        "\n".join(_with_count(one.name, count_words(one)) for one in sheet.papers),
        "\n".join(one.name for one in sheet.results),
        sheet.conditions,
        "\n".join(" ".join(said for said in (one.number, one.title) if said) for one in sheet.legal),
        sheet.decision,
    )


def _with_count(name: str, count: str) -> str:
    return f"{name} ({count})" if count else name
