"""A site with very many items, and how soon one more is seen by all (for `bench_portal`).

`python -m benchmarks.many_items` works on the data folder that `DINHLANG_DATA` names, beside the server that runs on it:
`fill` writes items straight into the tables, as the editorial board would leave them; `posts` the same with the posts of
`peers.posts`, in one column, and has them indexed for search; `publish PORT` puts up one item
after the other and asks the server for each page that must show it, and prints the milliseconds of each.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

UNIT = "ben-truc"
POSTS_COLUMN = "cai-cach-hanh-chinh"
NUMBER = 10_000
EVERY = timedelta(hours=7)
ROUNDS = 7
PATIENCE = 60.0
MAP = f"/{UNIT}/sitemap.xml"
_WHO = (
    "Tổ dân vận",
    "Ban văn hóa",
    "Hội phụ nữ",
    "Đoàn thanh niên",
    "Trạm y tế",
    "Trường tiểu học",
    "Bộ phận một cửa",
)
_DOES = ("hướng dẫn", "kiểm tra", "tuyên truyền", "tập huấn", "rà soát", "tổng kết", "mở lớp")
_WHAT = (
    "nộp hồ sơ qua mạng",
    "dọn kênh rạch",
    "tiêm phòng",
    "ký số",
    "phân loại rác",
    "chữa cháy",
    "đọc sách",
)
_WHERE = ("ấp Đông", "ấp Tây", "ấp Chợ", "ấp Bàu Sen", "cầu Rạch Dừa", "nhà văn hóa", "sân trường")


def _words(number: int, random: Random) -> dict[str, str]:
    who, does, what, where = (random.choice(one) for one in (_WHO, _DOES, _WHAT, _WHERE))
    told = f"{who} {does} {what} tại {where}, lần thứ {number}"
    sentence = (
        f"Buổi này {who.lower()} {does} bà con {where} {random.choice(_WHAT)} và {random.choice(_WHAT)}. "
    )
    return {
        "title": told,
        "lead": sentence.strip(),
        "body": "".join(f"<p>{sentence * 4}</p>" for _ in range(5)),
    }


def fill(number: int = NUMBER) -> int:
    """Write so many published items, one every seven hours back from now, over all columns; gives how many there are."""
    from dinhlang.portal.models import Column

    random = Random(5)
    columns = list(Column.objects.filter(unit=UNIT, is_open=True).values_list("pk", flat=True))
    return _write("nhieu-tin", columns, (_words(one, random) for one in range(number)))


def fill_posts() -> int:
    """Write the posts that the peers have into one column, and have the worker index everything."""
    from benchmarks.peers.posts import posts
    from dinhlang.portal.models import Column
    from dinhlang.portal.search.actions import ask_for_everything

    column = Column.objects.get(unit=UNIT, slug=POSTS_COLUMN)
    written = _write(
        "bai",
        [column.pk],
        (
            {
                "title": post.title,
                "lead": post.lead,
                "body": "".join(f"<p>{paragraph}</p>" for paragraph in post.paragraphs),
            }
            for post in posts()
        ),
    )
    ask_for_everything()
    return written


def _write(slug: str, columns: list[int], texts: Iterable[dict[str, str]]) -> int:
    """Items with these words, one every seven hours back from now, over the columns; how many there are in all."""
    from django.db import transaction
    from django.db.models import F, OuterRef, Subquery

    from dinhlang.portal.kept import remembered
    from dinhlang.portal.models import Edition, Item

    now, all_words = datetime.now(UTC), list(texts)
    with transaction.atomic():
        items = Item.objects.bulk_create(
            (
                _item(f"{slug}-{one}", now - EVERY * (one + 1), columns[one % len(columns)])
                for one in range(len(all_words))
            ),
            batch_size=500,
        )
        Edition.objects.bulk_create(
            (_edition(item, words) for item, words in zip(items, all_words, strict=True)),
            batch_size=500,
        )
        own = Edition.objects.filter(item=OuterRef("pk")).values("pk")[:1]
        Item.objects.filter(slug__startswith=f"{slug}-", shown=None).update(shown=Subquery(own))
        Item.objects.filter(slug__startswith=f"{slug}-", draft=None).update(draft=F("shown"))
    # Written past the editorial board, which would have said so.
    remembered.forget()
    return Item.objects.filter(unit=UNIT, shown__isnull=False).count()


def _item(slug: str, at: datetime, column: int, state: str = "published", **more: Any) -> Any:
    from dinhlang.portal.models import Item

    moment = {"published_at": at} if state == "published" else {}
    return Item(
        unit_id=UNIT, slug=slug, column_id=column, state=state, made_at=at, changed_at=at, **moment, **more
    )


def _edition(item: Any, words: dict[str, str]) -> Any:
    from dinhlang.portal.models import Edition

    at = item.published_at
    more = {"published_at": at, "digest": "0" * 64} if at else {}
    return Edition(item=item, number=1, made_at=item.made_at, changed_at=item.made_at, **words, **more)


def publish(port: int, *, with_map: bool = True) -> list[dict[str, float]]:
    """For each item put up: milliseconds until the call came back, and until every page that must show it did."""
    from dinhlang.portal.models import Column

    column = Column.objects.filter(unit=UNIT, is_open=True).order_by("pk")[0]
    return [_round(port, column, with_map=with_map) for _ in range(ROUNDS)]


def _round(port: int, column: Any, *, with_map: bool) -> dict[str, float]:
    from dinhlang.portal.newsroom import actions

    item, title = _approved(column)
    wanted = dict.fromkeys(pages(column.slug, item.slug), title)
    if with_map:
        wanted[MAP] = item.slug
    began = time.perf_counter()
    actions.publish_due(at=datetime.now(UTC))
    seen = {"call": time.perf_counter() - began}
    while len(seen) <= len(wanted) and time.perf_counter() - began < PATIENCE:
        for address in wanted.keys() - seen.keys():
            if wanted[address] in _read(port, address):
                seen[address] = time.perf_counter() - began
    assert len(seen) > len(wanted), wanted.keys() - seen.keys()
    map_seen = {"map": seen.pop(MAP)} if with_map else {}
    told = {"call": seen["call"], "all": max(seen.values()), **map_seen}
    return {name: seconds * 1000 for name, seconds in told.items()}


def _approved(column: Any) -> tuple[Any, str]:
    """An item whose hour has come, as the editorial board leaves it, and its title."""
    from dinhlang.portal.models import Item
    from dinhlang.portal.newsroom.queries import digest_of

    now = datetime.now(UTC)
    number = NUMBER + int(now.timestamp() * 10)
    item = _item(f"tin-moi-{number}", now, column.pk, state="scheduled", publish_at=now)
    item.save()
    edition = _edition(item, _words(number, Random(number)))
    edition.save()
    edition.refresh_from_db()
    Item.objects.filter(pk=item.pk).update(draft=edition, approved_digest=digest_of(edition))
    return item, edition.title


def pages(column: str, slug: str) -> list[str]:
    """Where readers look for a new item: itself, its column, the home page, all news, the feeds."""
    inside = [
        f"tin/{column}/{slug}/",
        f"chuyen-muc/{column}/",
        "",
        "tin/",
        "nhat-ky.rss",
        "nhat-ky.atom",
        f"chuyen-muc/{column}/nhat-ky.rss",
    ]
    return [f"/{UNIT}/{one}" for one in inside]


def _read(port: int, address: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def main() -> None:
    """Do what the command says."""
    from dinhlang.config import start

    start.ready()
    match sys.argv[1:]:
        case ["fill", *number]:
            print(fill(*map(int, number)))
        case ["posts"]:
            print(fill_posts())
        case ["publish", port, *more]:
            print(json.dumps(publish(int(port), with_map="--no-map" not in more)))
        case _:
            sys.exit("fill [NUMBER] | posts | publish PORT [--no-map]")


if __name__ == "__main__":
    main()
