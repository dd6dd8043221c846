"""The description of the operations: as OpenAPI 3.1 for programs, and as a page for people, made of the former."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dinhlang.portal.api.views import DEMO_ONLY, STANDINGS, api
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, page, site_page
from dinhlang.portal.sites.registry import SiteNow

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
        answer = operation["responses"]["200"]
        answer["description"] = "Câu trả lời"
        answer["content"]["application/json"]["example"] = examples()[operation["operationId"]]["answer"]
        for status, words in _WRONG.items():
            if status in operation["responses"]:
                operation["responses"][status]["description"] = words
    return json.dumps(told)


_WRONG = {"400": "Yêu cầu sai", "404": "Không có", "410": "Đã gỡ"}


def description(site: SiteNow) -> Json:
    """The OpenAPI description of the site's operations."""
    told: Json = json.loads(_common())
    left_out = {
        name for name, there in ((DEMO_ONLY, site.is_demo), (STANDINGS, site.opens_duties)) if not there
    }
    paths = told["paths"].items()
    told["paths"] = {path: one for path, one in paths if one["get"]["operationId"] not in left_out}
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


@site_page
def documentation(request: HttpRequest, place: Place) -> HttpResponse:
    """Each operation with its parameters, fields and an example."""
    site = place.to.site
    told = description(site)
    return page(
        request,
        place,
        "portal/site/api.html",
        _("Dữ liệu cho máy đọc"),
        description=told["info"]["description"],
        crumbs=((place.to.home, _("Trang chủ")),),
        is_original=False,
        about=told["info"]["description"],
        server=told["servers"][0]["url"],
        openapi=place.to.api_description,
        operations=[_operation(told, path, one["get"]) for path, one in told["paths"].items()],
    )


def _operation(told: Json, path: str, operation: Json) -> Json:
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    asked = examples()[operation["operationId"]]
    return {
        "id": operation["operationId"],
        "path": path,
        "summary": operation["summary"],
        "about": operation["description"],
        "parameters": [
            {
                "name": one["name"],
                "about": one.get("description") or one["schema"].get("description", ""),
                "choices": _choices(told, one["schema"]),
            }
            for one in operation["parameters"]
            if one["in"] == "query"
        ],
        "fields": _fields(told, schema),
        "asked": told["servers"][0]["url"] + asked["asked"],
        "example": json.dumps(asked["answer"], ensure_ascii=False, indent=2),
    }


def _fields(told: Json, schema: Json) -> list[tuple[str, str]]:
    """(name, what it is) of what is answered; of a list, of each thing in it."""
    made = _resolved(told, schema)
    inside = made["properties"].get("results")
    if inside is not None and "total" in made["properties"]:
        made = _resolved(told, inside["items"])
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
