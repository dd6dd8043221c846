"""The description of the operations: as OpenAPI 3.1 for programs, and as a page for people, made of the former."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dinhlang.portal.api import beside
from dinhlang.portal.api.views import DEMO_ONLY, STANDINGS, api
from dinhlang.portal.opendata.rules import LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, page, site_page
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.vietnamese.text import fold

Json = dict[str, Any]
_EXAMPLES = Path(__file__).parent / "data" / "examples.json"


@lru_cache(maxsize=1)
def examples() -> Json:
    """By operation: `asked`, what stands after the site in the address, and `answer`. A test holds them to the truth."""
    found: Json = json.loads(_EXAMPLES.read_text("utf-8"))
    return found


@lru_cache(maxsize=1)
def _common() -> str:
    """The description without the address of a site, as JSON: made once, copied by reading it."""
    told: Json = json.loads(json.dumps(api.get_openapi_schema(path_prefix=""), default=str))
    for path in told["paths"].values():
        operation = path["get"]
        operation["tags"] = [beside.tag_of(operation["operationId"])]
        answer = operation["responses"]["200"]
        answer["content"]["application/json"]["example"] = examples()[operation["operationId"]]["answer"]
        _answered(operation, beside.WRONG)
    told["tags"] = [{"name": one} for one in beside.TAGS]
    told["components"]["schemas"] = beside.schemas() | told["components"]["schemas"]
    for schema in told["components"]["schemas"].values():
        # What the code says of itself is not for its readers; what they need stands at each field.
        schema.pop("description", None)
    told["beside"] = [_answered(one.described(), one.wrong) for one in beside.ALL]
    return json.dumps(told)


def _answered(operation: Json, wrong: Json) -> Json:
    """The operation with what all of them answer: a tag to ask anew by, nothing new, a database that is away. `wrong` is what stands
    in an error."""
    responses = operation["responses"]
    responses["200"]["description"] = "Câu trả lời"
    responses["200"]["headers"] = {
        "ETag": {"description": "Dấu của câu trả lời này.", "schema": {"type": "string"}}
    }
    responses["304"] = {"description": "Không có gì đổi so với ETag gửi trong If-None-Match."}
    responses["503"] = {
        "content": wrong,
        "headers": {"Retry-After": {"description": "Số giây nên đợi.", "schema": {"type": "integer"}}},
    }
    for status, words in _WRONG.items():
        if status in responses:
            responses[status]["description"] = words
    operation["responses"] = dict(sorted(responses.items()))
    return operation


_WRONG = {
    "400": "Yêu cầu sai",
    "404": "Không có",
    "410": "Đã gỡ",
    "429": "Hỏi sai quá nhiều lần",
    "503": "Máy chủ tạm dừng cơ sở dữ liệu",
}


def description(site: SiteNow) -> Json:
    """The OpenAPI description of what programs read of the site."""
    told: Json = json.loads(_common())
    left_out = {
        name for name, there in ((DEMO_ONLY, site.is_demo), (STANDINGS, site.opens_duties)) if not there
    }
    paths = told["paths"].items()
    told["paths"] = {path: one for path, one in paths if one["get"]["operationId"] not in left_out}
    for one, common in zip(beside.ALL, told.pop("beside"), strict=True):
        told["paths"][one.path] = one.path_item(site, common)
    told["servers"] = [
        {"url": absolute(site, Addresses(site).api_of("")).rstrip("/"), "description": site.body}
    ]
    return told


def parameters() -> dict[str, list[str]]:
    """What each operation may be asked in its query."""
    paths = json.loads(_common())["paths"].values()
    return {
        path["get"]["operationId"]: [one["name"] for one in path["get"]["parameters"] if one["in"] == "query"]
        for path in paths
    }


# --- for people -------------------------------------------------------------------------------------


@site_page
def documentation(request: HttpRequest, place: Place) -> HttpResponse:
    """Each operation, file and feed with its parameters, fields and an example; narrowed to those that have all words."""
    told = description(place.to.site)
    words = request.GET.get("q", "").strip()[:100]
    operations = [_operation(told, path, one) for path, one in told["paths"].items()]
    found = [one for one in operations if _has(one, fold(words).split())]
    return page(
        request,
        place,
        "portal/site/api.html",
        _("Dữ liệu mở"),
        description=told["info"]["description"],
        crumbs=((place.to.home, _("Trang chủ")),),
        is_original=False,
        about=told["info"]["description"],
        server=told["servers"][0]["url"],
        openapi=place.to.api_description,
        open311=absolute(place.to.site, place.to.open311()),
        licence=LICENCE_ADDRESS,
        words=words,
        groups=[
            (tag["name"], of_tag)
            for tag in told["tags"]
            if (of_tag := [one for one in found if one["tag"] == tag["name"]])
        ],
    )


def _has(operation: Json, words: list[str]) -> bool:
    parts = [operation["tag"], operation["path"], operation["summary"], operation["about"]]
    parts += [f"{name} {about}" for name, about in operation["fields"]]
    text = fold(" ".join(parts))
    return all(one in text for one in words)


def _operation(told: Json, path: str, item: Json) -> Json:
    operation = item["get"]
    answers = operation["responses"]["200"]["content"]
    servers: list[Json] = item.get("servers") or told["servers"]
    server = servers[0]["url"]
    answer: Json = next((one for one in answers.values() if "example" in one), {})
    return {
        "id": operation["operationId"],
        "tag": operation["tags"][0],
        "path": path,
        "where": server + path,
        "summary": operation["summary"],
        "about": operation["description"],
        "page": operation.get("externalDocs", {}).get("url", ""),
        "kinds": list(answers),
        "parameters": [
            {
                "name": one["name"],
                "about": one.get("description") or one["schema"].get("description", ""),
                "choices": _choices(told, one["schema"]),
            }
            for one in operation["parameters"]
            if one["in"] == "query" or "servers" in item
        ],
        "fields": _fields(told, answer["schema"]) if answer else [],
        "asked": server + _asked(path, operation),
        "example": json.dumps(answer["example"], ensure_ascii=False, indent=2) if answer else "",
    }


def _asked(path: str, operation: Json) -> str:
    """What stands behind the server's address in the example."""
    kept = examples().get(operation["operationId"])
    if kept is not None:
        return str(kept["asked"])
    for one in operation["parameters"]:
        path = path.replace(f"{{{one['name']}}}", one["example"])
    return path


def _fields(told: Json, schema: Json) -> list[tuple[str, str]]:
    """(name, what it is) of what is answered; of a list or a file, of each thing in it."""
    made = _resolved(told, schema)
    inside = made["properties"]
    for name, beside_it in (("results", "total"), ("rows", "columns"), ("items", "version")):
        if name in inside and beside_it in inside:
            made = _resolved(told, inside[name]["items"])
    return [(name, one["description"]) for name, one in made["properties"].items()]


def _choices(told: Json, schema: Json) -> list[str]:
    found: list[str] = []
    for one in (schema, *schema.get("anyOf", ())):
        found += _resolved(told, one).get("enum", ())
    return found


def _resolved(told: Json, schema: Json) -> Json:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Json = told["components"]["schemas"][name] if name else schema
    return found
