"""A Zalo Official Account: articles by the OA API, signing in by OAuth v4.

An article is made in two steps: `create` (or `update`) gives a token, `verify` gives the id when it is ready. Zalo often
answers 200 with an error in the body. A refresh token works once: what comes for it must be kept before anything else
happens. The public documentation needs a login, so what stands here follows what others wrote of it (docs/channels.md).
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from dinhlang.broadcast.channels.calling import Answer, call, told
from dinhlang.broadcast.channels.contract import Account, Failed, Limits, Pending, Post, Receipt, Seen, Tokens
from dinhlang.broadcast.channels.rules import Why

# What an error in the body means; every other one is a refusal that a person reads.
_CODES: Mapping[int, Why] = {
    -32: Why.LIMIT,
    -100: Why.UNKNOWN,
    -124: Why.TOKEN,
    -201: Why.CONTENT,
    -204: Why.BLOCKED,
    -205: Why.PERMISSION,
    -209: Why.PERMISSION,
    -210: Why.CONTENT,
    -211: Why.LIMIT,
    -212: Why.PERMISSION,
    -216: Why.TOKEN,
    -220: Why.TOKEN,
    -221: Why.PACKAGE,
    -224: Why.PACKAGE,
    -14001: Why.TOKEN,
    -14014: Why.TOKEN,
    -14020: Why.TOKEN,
}
_IN_WORK = frozenset({-214, -215})
_PAGE, _PAGES = 10, 5
_AUTHOR = 50
# Zalo names no wait; a limit of a minute and one of a day have different codes.
_WAITS: Mapping[int, timedelta] = {-32: timedelta(minutes=2), -211: timedelta(hours=6)}


class Zalo:
    """The way to an Official Account."""

    limits = Limits(title=150, lead=300, body=100_000, picture=1024 * 1024)

    def login_address(self, account: Account, *, back: str, state: str, verifier: str) -> str:
        asked = {
            "app_id": account.app_id,
            "redirect_uri": back,
            "code_challenge": challenge(verifier),
            "state": state,
        }
        return f"{account.login}/oa/permission?{urlencode(asked)}"

    def authorise(self, account: Account, *, code: str, back: str, verifier: str, at: datetime) -> Tokens:
        asked = {"code": code, "app_id": account.app_id, "grant_type": "authorization_code"}
        return self._tokens(account, {**asked, "code_verifier": verifier}, at)

    def refresh(self, account: Account, *, at: datetime) -> Tokens | None:
        if not account.refresh_token:
            raise Failed(Why.TOKEN)
        asked = {
            "refresh_token": account.refresh_token,
            "app_id": account.app_id,
            "grant_type": "refresh_token",
        }
        return self._tokens(account, asked, at)

    def _tokens(self, account: Account, form: Mapping[str, str], at: datetime) -> Tokens:
        answer = call(
            account.login, "POST", "/oa/access_token", form=form, headers={"secret_key": account.app_secret}
        )
        body = answer.body
        token, again = str(body.get("access_token", "")), str(body.get("refresh_token", ""))
        if token and again:
            seconds = min(max(_number(body.get("expires_in")), 60), 90 * 86400)
            return Tokens(token, again, at + timedelta(seconds=seconds))
        words = body.get("error_description") or body.get("error_reason") or body.get("error_name") or ""
        said = told(body.get("error", ""), words, *form.values(), account.app_secret)
        if answer.status >= 500 or not body:
            raise Failed(Why.TEMPORARY, said)
        raise Failed(Why.TOKEN, said)

    def check(self, account: Account) -> Seen:
        data = _data(self._asked(account, "GET", "/oa/getoa"))
        return Seen(str(data.get("oa_id", "")), str(data.get("name", "")))

    def problems(self, account: Account, post: Post) -> list[str]:
        found = []
        if len(post.title) > self.limits.title:
            found.append(_("Tiêu đề dài quá 150 ký tự của Zalo."))
        if not (post.picture_address or account.cover):
            found.append(
                _(
                    "Bài trên Zalo OA cần ảnh bìa. Thêm ảnh vào bài, hoặc ghi ảnh bìa dùng chung ở trang của kênh."
                )
            )
        return found

    def publish(self, account: Account, post: Post) -> Receipt | Pending:
        answer = call(
            account.api, "POST", "/article/create", document=article_of(account, post), headers=_head(account)
        )
        token = str(_data(self._understood(account, answer)).get("token", ""))
        if not token:
            raise Failed(Why.UNKNOWN)
        return Pending(token)

    def status(self, account: Account, pending: Pending) -> Receipt | Pending:
        answer = self._called(account, "POST", "/article/verify", document={"token": pending.handle})
        if answer.body.get("error") in _IN_WORK:
            return pending
        remote = str(_data(self._understood(account, answer)).get("id", ""))
        if not remote:
            return pending
        for one in self._listed(account, None):
            if str(one.get("id", "")) == remote:
                return _receipt_of(one)
        return Receipt(remote, "", None, {"id": remote})

    def find(self, account: Account, post: Post, *, since: datetime) -> Receipt | None:
        for one in self._listed(account, since - timedelta(minutes=10)):
            # The list does not tell what an article says; of those with our title the mark in the text decides.
            if str(one.get("title", "")).strip() != post.title.strip():
                continue
            detail = self._asked(account, "GET", "/article/getdetail", query={"id": str(one.get("id", ""))})
            if post.mark in str(detail.get("data", "")):
                return _receipt_of(one)
        return None

    def withdraw(self, account: Account, remote_id: str) -> None:
        try:
            answer = self._called(account, "POST", "/article/remove", document={"id": remote_id})
            self._understood(account, answer)
        except Failed as failure:
            if failure.why is Why.TOKEN or failure.why is Why.LIMIT or self._is_there(account, remote_id):
                raise

    def _is_there(self, account: Account, remote_id: str) -> bool:
        return any(str(one.get("id", "")) == remote_id for one in self._listed(account, None))

    def figures(self, account: Account, remote_id: str) -> Mapping[str, int]:
        for one in self._listed(account, None):
            if str(one.get("id", "")) == remote_id:
                counts = {"views": one.get("total_view"), "shares": one.get("total_share")}
                return {name: value for name, value in counts.items() if isinstance(value, int)}
        raise Failed(Why.GONE)

    def _listed(self, account: Account, since: datetime | None) -> list[Mapping[str, Any]]:
        """The newest articles, up to fifty."""
        found: list[Mapping[str, Any]] = []
        for number in range(_PAGES):
            asked = {"offset": str(number * _PAGE), "limit": str(_PAGE), "type": "normal"}
            data = _data(self._asked(account, "GET", "/article/getslice", query=asked))
            medias = data.get("medias")
            rows = [one for one in medias if isinstance(one, dict)] if isinstance(medias, list) else []
            found += [one for one in rows if since is None or (_made(one) or since) >= since]
            oldest = _made(rows[-1]) if rows else None
            if len(rows) < _PAGE or (since is not None and oldest is not None and oldest < since):
                break
        return found

    def _called(self, account: Account, method: str, path: str, **given: Any) -> Answer:
        try:
            return call(account.api, method, path, headers=_head(account), **given)
        except Failed as failure:
            raise Failed(Why.TEMPORARY, failure.said, failure.wait) from None

    def _asked(self, account: Account, method: str, path: str, **given: Any) -> Mapping[str, Any]:
        """A call that changes nothing, so that nothing is in doubt when it fails."""
        try:
            return self._understood(account, self._called(account, method, path, **given))
        except Failed as failure:
            why = Why.TEMPORARY if failure.why is Why.UNKNOWN else failure.why
            raise Failed(why, failure.said, failure.wait) from None

    def _understood(self, account: Account, answer: Answer) -> Mapping[str, Any]:
        code = answer.body.get("error")
        if answer.status == 200 and code == 0:
            return answer.body
        if not isinstance(code, int):
            if answer.status == 401:
                raise Failed(Why.TOKEN)
            raise Failed(
                Why.LIMIT if answer.status == 429 else Why.UNKNOWN, told(f"HTTP {answer.status}", "")
            )
        why = Why.TOKEN if answer.status == 401 else _CODES.get(code, Why.REFUSED)
        said = told(code, answer.body.get("message", ""), account.token, account.app_secret)
        raise Failed(why, said, _WAITS.get(code))


def challenge(verifier: str) -> str:
    """What is told of a verifier before it is used (RFC 7636, S256)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def article_of(account: Account, post: Post) -> dict[str, Any]:
    """The article as Zalo takes it: the words of the item, then where it stands on the site."""
    link = html.escape(post.link, quote=True)
    words = [*post.paragraphs] or [post.lead or post.title]
    body = [{"type": "text", "content": f"<p>{html.escape(one)}</p>"} for one in words]
    body.append({"type": "text", "content": f'<p><a href="{link}">{link}</a></p>'})
    return {
        "type": "normal",
        "title": post.title[: Zalo.limits.title],
        "author": post.byline[:_AUTHOR],
        "description": _shortened(post.lead or post.title, Zalo.limits.lead),
        "cover": {
            "cover_type": "photo",
            "photo_url": post.picture_address or account.cover,
            "status": "show",
        },
        "body": body,
        "status": "show",
        "comment": "hide",
    }


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def _head(account: Account) -> dict[str, str]:
    return {"access_token": account.token}


def _data(body: Mapping[str, Any]) -> Mapping[str, Any]:
    data = body.get("data")
    return data if isinstance(data, dict) else {}


def _made(one: Mapping[str, Any]) -> datetime | None:
    stamp = one.get("create_date")
    return datetime.fromtimestamp(stamp / 1000, UTC) if isinstance(stamp, int) and 0 < stamp < 2**43 else None


def _receipt_of(one: Mapping[str, Any]) -> Receipt:
    said = {name: one[name] for name in ("id", "title", "link_view", "create_date") if name in one}
    return Receipt(str(one.get("id", "")), str(one.get("link_view", "")), _made(one), said)


def _number(value: object) -> int:
    """Zalo gives seconds as a text."""
    try:
        return int(str(value))
    except ValueError:
        return 0
