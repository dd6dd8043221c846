"""Items for tests of the newsroom, brought as far as a test wants them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dinhlang.portal.models import Column, Site
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.actions import Placing
from dinhlang.portal.newsroom.rules.body import from_text
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.portal.sites.actions import make_site

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.portal.models import Item

WORDS = Words(
    title="Nộp hồ sơ tại nhà, nhận kết quả qua bưu chính",
    lead="Từ tháng này, người dân Bến Trúc nộp hồ sơ qua mạng và nhận kết quả tại nhà.",
    body=from_text(
        "Người dân mở cổng dịch vụ công, chọn thủ tục rồi gửi giấy tờ.\n\n## Cần gì\n\n- Căn cước\n- Điện thoại"
    ),
    byline="Ngọc Lan",
)


def written(cast: Cast, words: Words = WORDS, by: Any = None, **placing: Any) -> Item:
    placing.setdefault("field", "thu-tuc")
    if not Site.objects.filter(unit=cast.commune).exists():
        make_site(unit=cast.commune, path="ben-truc", by=cast.office_clerk, at=cast.now)
    placing.setdefault("column", Column.objects.filter(unit=cast.commune).first())
    return actions.write_item(
        unit=cast.commune, words=words, placing=Placing(**placing), by=by or cast.contributor, at=cast.now
    )


def passed_on(cast: Cast, **given: Any) -> Item:
    item = actions.submit(item=written(cast, **given), by=cast.contributor, at=cast.now)
    return actions.pass_on(item=item, by=cast.culture_officer, at=cast.now)


def approved(cast: Cast, **given: Any) -> Item:
    return actions.approve(item=passed_on(cast, **given), by=cast.chair, at=cast.now)


def published(cast: Cast, **given: Any) -> Item:
    return actions.publish_item(item=approved(cast, **given), by=cast.culture_officer, at=cast.now)
