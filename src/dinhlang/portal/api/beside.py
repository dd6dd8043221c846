"""What programs read beside the operations: files of open data and feeds, each at an address of its own, as OpenAPI has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ninja import Schema
from ninja.openapi.schema import REF_TEMPLATE
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import models_json_schema

from dinhlang.portal.api import files
from dinhlang.portal.api.schemas import Error
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow

Json = dict[str, Any]
_EXAMPLES = Path(__file__).parent / "data" / "beside.json"
CSV, JSON, RSS, ATOM, JSON_FEED = (
    "text/csv", "application/json", "application/rss+xml", "application/atom+xml", "application/feed+json",
)  # fmt: skip
_NEWS, VOICES, SURVEYS, COUNTER, CONTESTS = (
    "Tin bài, thủ tục, văn bản, báo cáo", "Phản ánh, kiến nghị", "Khảo sát ý kiến người dân", "Một cửa", "Cuộc thi",
)  # fmt: skip
TAGS = (_NEWS, VOICES, SURVEYS, COUNTER, CONTESTS)
_OF_OPERATIONS = {"answers": VOICES}
WRONG: Json = {"application/json": {"schema": {"$ref": REF_TEMPLATE.format(model=Error.__name__)}}}


def tag_of(operation: str) -> str:
    """What an operation tells of."""
    return _OF_OPERATIONS.get(operation, _NEWS)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an address."""

    name: str
    about: str
    example: str
    choices: tuple[str, ...] = ()
    pattern: str = ""

    def described(self) -> Json:
        schema: Json = {"type": "string"}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.pattern:
            schema["pattern"] = self.pattern
        return {
            "name": self.name,
            "in": "path",
            "required": True,
            "description": self.about,
            "schema": schema,
            "example": self.example,
        }


@dataclass(frozen=True, slots=True)
class Beside:
    """Data that have an address of their own. `name` is that of the address in Django, `path` stands behind the site's beginning,
    or the installation's; `answers` are the media types, with what stands in them where that is JSON; `page` shows the same to
    people. What a code leads to has the errors of guessing (`is_guarded`); what takes no parameters refuses them (`is_strict`)."""

    id: str
    name: str
    path: str
    tag: str
    summary: str
    about: str
    answers: Mapping[str, type[Schema] | None]
    page: Callable[[Addresses], str]
    parts: tuple[Part, ...] = ()
    is_own: bool = True
    is_strict: bool = True
    is_guarded: bool = False
    is_wrong_as_json: bool = True

    @property
    def wrong(self) -> Json:
        """What is answered to what is wrong."""
        return WRONG if self.is_wrong_as_json else {"text/xml": {"schema": {"type": "string"}}}

    def path_item(self, site: SiteNow, common: Json) -> Json:
        """The path of the description, made of `common` for a site."""
        to = Addresses(site)
        server = absolute(site, site.prefix) if self.is_own else absolute(None, "")
        operation = {
            **common,
            "externalDocs": {"url": absolute(site, self.page(to)), "description": "Trang cho người đọc"},
        }
        return {"servers": [{"url": server, "description": site.body}], "get": operation}

    def described(self) -> Json:
        """The operation without the address of a site."""
        statuses = (
            *(("400",) if self.is_strict else ()),
            *(("404",) if self.parts else ()),
            *(("429",) if self.is_guarded else ()),
        )
        return {
            "operationId": self.id,
            "tags": [self.tag],
            "summary": self.summary,
            "description": self.about,
            "parameters": [one.described() for one in self.parts],
            "responses": {
                "200": {"content": {kind: self._content(kind) for kind in self.answers}},
                **{status: {"content": self.wrong} for status in statuses},
            },
        }

    def _content(self, kind: str) -> Json:
        schema = self.answers[kind]
        if schema is None:
            return {"schema": {"type": "string"}}
        return {
            "schema": {"$ref": REF_TEMPLATE.format(model=schema.__name__)},
            "example": examples()[self.id],
        }


_YEAR = Part("year", "Năm, bốn chữ số.", "2026", pattern=r"^20\d\d$")
_FILE = Part("form", "Dạng tệp.", "json", ("csv", "json"))
_FEED = Part("form", "Dạng nguồn tin.", "atom", ("rss", "atom", "json"))
_FEEDS = {RSS: None, ATOM: None, JSON_FEED: files.JsonFeed}
_ROWS = (
    "Mọi dòng trong một tệp: CSV (UTF-8) hoặc JSON kèm tên tệp, giấy phép, mô tả từng cột. "
    "Các trường dưới đây là các cột."
)

ALL = (
    Beside(
        "voice-figures",
        "voice-figures-data",
        "/phan-anh/so-lieu.json",
        VOICES,
        "Xã trả lời phản ánh trong bao lâu",
        "Phản ánh nhận trong một năm tính đến hôm nay, theo lĩnh vực: số đã trả lời, đúng hẹn, số ngày làm việc, số hài lòng. "
        "Chậm nhất một giờ.",
        {JSON: files.AnswerFiguresFile},
        lambda to: to.voice_figures,
    ),
    Beside(
        "answers-file",
        "voice-data",
        "/phan-anh/du-lieu/{year}.{form}",
        VOICES,
        "Phản ánh, kiến nghị đã trả lời công khai trong một năm",
        f"Câu hỏi đã bỏ thông tin riêng và câu trả lời, theo ngày công khai. {_ROWS}",
        {JSON: files.AnswersFile, CSV: None},
        lambda to: to.voices,
        (_YEAR, _FILE),
    ),
    Beside(
        "voice-feed",
        "voice-feed",
        "/phan-anh/nhat-ky.{form}",
        VOICES,
        "Câu trả lời mới công khai (RSS, Atom, JSON Feed)",
        "30 cặp câu hỏi, trả lời công khai gần nhất. Mục được nhận ra bằng mã không đổi.",
        _FEEDS,
        lambda to: to.voices,
        (_FEED,),
        is_strict=False,
    ),
    Beside(
        "voice-feed-category",
        "voice-feed-category",
        "/phan-anh/linh-vuc/{category}/nhat-ky.{form}",
        VOICES,
        "Câu trả lời mới công khai của một lĩnh vực",
        "30 cặp câu hỏi, trả lời công khai gần nhất của một lĩnh vực.",
        _FEEDS,
        lambda to: to.voices,
        (Part("category", "Mã lĩnh vực, như “category” trong câu trả lời.", "moi-truong"), _FEED),
        is_strict=False,
    ),
    Beside(
        "voice-feed-hamlet",
        "voice-feed-hamlet",
        "/phan-anh/thon/{hamlet}/nhat-ky.{form}",
        VOICES,
        "Câu trả lời mới công khai của một thôn, tổ dân phố",
        "30 cặp câu hỏi, trả lời công khai gần nhất của một thôn, tổ dân phố.",
        _FEEDS,
        lambda to: to.voices,
        (Part("hamlet", "Mã thôn, như “hamlet” trong câu trả lời.", "thon-dong"), _FEED),
        is_strict=False,
    ),
    Beside(
        "request-feed",
        "open311-updates",
        "/open311/v2/requests/{service_request_id}.atom",
        VOICES,
        "Các bước của một phản ánh (Atom)",
        "Xã đã nhận, đang xử lý, đã trả lời lúc nào, và câu trả lời đã công khai. Chỉ có của phản ánh đã công khai và phản ánh gửi "
        "qua Open311; không có lời người gửi viết, lý do hay tên ai. Lỗi được nói ở dạng XML của Open311.",
        {ATOM: None},
        lambda to: to.voices,
        (
            Part(
                "service_request_id",
                "Mã mà Open311 trả khi gửi, hoặc trong danh sách requests.",
                "6f1c2a04-3b0e-4a3f-9a47-5d1f0c9e7b21",
            ),
        ),
        is_strict=False,
        is_wrong_as_json=False,
    ),
    Beside(
        "surveys-file",
        "survey-data",
        "/khao-sat/{year}.{form}",
        SURVEYS,
        "Kết quả các đợt khảo sát kết thúc trong một năm",
        "Chỉ số theo yếu tố, câu hỏi, nhóm, kèm cách tính, số phiếu, khoảng tin cậy. Không có lời viết tự do, nhóm dưới 10 người "
        f"được ẩn. {_ROWS}",
        {JSON: files.SurveysFile, CSV: None},
        lambda to: to.surveys,
        (_YEAR, _FILE),
    ),
    Beside(
        "dossiers-file",
        "dossier-data",
        "/mot-cua/{year}.{form}",
        COUNTER,
        "Giải quyết hồ sơ thủ tục hành chính trong một năm",
        f"Hồ sơ nhận, giải quyết trước hạn, đúng hạn, quá hạn theo tháng và lĩnh vực. Chậm nhất một giờ. {_ROWS}",
        {JSON: files.DossiersFile, CSV: None},
        lambda to: to.dossiers,
        (_YEAR, _FILE),
    ),
    Beside(
        "contest-lots",
        "contest:lots-file",
        "/thi/{code}/tuan/{number}/boc-tham.json",
        CONTESTS,
        "Bốc thăm của một tuần thi, để ai cũng tính lại được",
        "Hạt giống, số công khai, các bài được bốc và bài trúng, sau khi bốc thăm. Cuộc thi của mọi xã đứng chung một địa chỉ. "
        "Hỏi sai mã quá 30 lần trong một giờ thì phải đợi.",
        {JSON: files.LotsFile},
        lambda to: to.home,
        (
            Part("code", "Mã cuộc thi, sáu chữ.", "kmnpqr"),
            Part("number", "Tuần thứ mấy.", "1", pattern=r"^\d+$"),
        ),
        is_own=False,
        is_strict=False,
        is_guarded=True,
    ),
)


@lru_cache(maxsize=1)
def examples() -> Json:
    """By operation: what is answered, invented. A test holds each to its schema."""
    found: Json = json.loads(_EXAMPLES.read_text("utf-8"))
    return found


def schemas() -> Json:
    """What stands in the answers, by name."""
    models = {one for beside in ALL for one in beside.answers.values() if one is not None}
    _by_model, made = models_json_schema(
        [(one, "serialization") for one in sorted(models, key=lambda one: one.__name__)],
        ref_template=REF_TEMPLATE,
        schema_generator=NinjaGenerateJsonSchema,
    )
    found: Json = made["$defs"]
    return found
