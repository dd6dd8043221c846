"""A Facebook page, by the Graph API as Meta documents it (Pages API, posts; error handling; long-lived tokens).

A page token that was got with a long-lived token of a person has no end of its own; it dies when the person changes the
password or takes the permission back (code 190). The API has no key against posting twice, so a post is found again by
the mark in its link.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _

from dinhlang.broadcast.channels.calling import Answer, call, told
from dinhlang.broadcast.channels.contract import Account, Failed, Limits, Pending, Post, Receipt, Seen, Tokens
from dinhlang.broadcast.channels.rules import Why

SCOPES = ("pages_show_list", "pages_manage_posts", "pages_read_engagement", "read_insights")
_POST_FIELDS = "id,message,created_time,permalink_url"
_MOST_LOOKED_THROUGH = 100

# https://developers.facebook.com/docs/graph-api/guides/error-handling; rate limits: 4 app, 17 user, 32 page, 613 custom.
_CODES: Mapping[int, Why] = {
    1: Why.UNKNOWN,
    2: Why.UNKNOWN,
    4: Why.LIMIT,
    10: Why.PERMISSION,
    17: Why.LIMIT,
    32: Why.LIMIT,
    100: Why.CONTENT,
    102: Why.TOKEN,
    190: Why.TOKEN,
    341: Why.LIMIT,
    368: Why.BLOCKED,
    506: Why.DUPLICATE,
    613: Why.LIMIT,
    1609005: Why.CONTENT,
    80001: Why.LIMIT,
}
_NO_SUCH_OBJECT = 33
"""Subcode of 100: it does not exist, or may not be seen."""


class Facebook:
    """The way to a page."""

    limits = Limits(title=0, lead=0, body=63_206, picture=4 * 1024 * 1024)

    def login_address(self, account: Account, *, back: str, state: str, verifier: str) -> str:
        asked = {
            "client_id": account.app_id,
            "redirect_uri": back,
            "state": state,
            "scope": ",".join(SCOPES),
            "response_type": "code",
        }
        return f"{account.login}/dialog/oauth?{urlencode(asked)}"

    def authorise(self, account: Account, *, code: str, back: str, verifier: str, at: datetime) -> Tokens:
        app = {"client_id": account.app_id, "client_secret": account.app_secret}
        short = self._asked(account, "/oauth/access_token", {**app, "redirect_uri": back, "code": code}).get(
            "access_token", ""
        )
        exchange = {**app, "grant_type": "fb_exchange_token", "fb_exchange_token": str(short)}
        person = str(self._asked(account, "/oauth/access_token", exchange).get("access_token", ""))
        pages = self._asked(account, "/me/accounts", {"access_token": person, "limit": "100"}).get("data", [])
        for page in pages if isinstance(pages, list) else []:
            if isinstance(page, dict) and str(page.get("id", "")) == account.remote_id:
                return Tokens(str(page.get("access_token", "")))
        raise Failed(Why.PERMISSION, _("tài khoản vừa đăng nhập không quản lý trang này"))

    def refresh(self, account: Account, *, at: datetime) -> Tokens | None:
        return None

    def check(self, account: Account) -> Seen:
        page = self._asked(account, f"/{_id(account)}", {"fields": "id,name", **self._token(account)})
        until, problems = None, []
        if account.app_id and account.app_secret:
            app = f"{account.app_id}|{account.app_secret}"
            told_of = self._asked(
                account, "/debug_token", {"input_token": account.token, "access_token": app}
            )
            data = told_of.get("data", {})
            data = data if isinstance(data, dict) else {}
            if not data.get("is_valid", True):
                raise Failed(Why.TOKEN)
            until = _moment(data.get("expires_at")) or _moment(data.get("data_access_expires_at"))
            scopes = data.get("scopes")
            if isinstance(scopes, list) and "pages_manage_posts" not in scopes:
                problems.append(_("Chưa có quyền đăng bài (pages_manage_posts)."))
        return Seen(str(page.get("id", "")), str(page.get("name", "")), until, tuple(problems))

    def problems(self, account: Account, post: Post) -> list[str]:
        found = []
        if len(message_of(post)) > self.limits.body:
            found.append(_("Bài dài quá %(most)s ký tự của Facebook.") % {"most": self.limits.body})
        if account.with_pictures and len(post.picture) > self.limits.picture:
            found.append(_("Ảnh lớn quá 4 MB nên Facebook không nhận."))
        return found

    def publish(self, account: Account, post: Post) -> Receipt | Pending:
        form = {"message": message_of(post), "published": "true", **self._token(account)}
        if account.with_pictures and post.picture:
            form["attached_media[0]"] = json.dumps({"media_fbid": self._photo(account, post)})
        else:
            form["link"] = post.link
        made = self._understood(account, call(account.api, "POST", f"/{_id(account)}/feed", form=form))
        remote = str(made.get("id", ""))
        if not remote:
            raise Failed(Why.UNKNOWN)
        try:
            return self._receipt(account, remote)
        except Failed:
            # It is there; its address is asked for with the figures.
            return Receipt(remote, "", None, {"id": remote})

    def _photo(self, account: Account, post: Post) -> str:
        """Lay the picture up where nobody sees it; the post shows it. Nothing is posted when this fails, so no doubt either."""
        form = {"published": "false", "temporary": "true", **self._token(account)}
        try:
            answer = call(
                account.api,
                "POST",
                f"/{_id(account)}/photos",
                form=form,
                file=(post.picture_name or "anh.jpg", post.picture),
            )
            photo = str(self._understood(account, answer).get("id", ""))
        except Failed as failure:
            raise Failed(
                Why.TEMPORARY if failure.why is Why.UNKNOWN else failure.why, failure.said, failure.wait
            ) from None
        if not photo:
            raise Failed(Why.TEMPORARY)
        return photo

    def status(self, account: Account, pending: Pending) -> Receipt | Pending:
        return self._receipt(account, pending.handle)

    def find(self, account: Account, post: Post, *, since: datetime) -> Receipt | None:
        asked = {
            "fields": _POST_FIELDS,
            # A service's clock need not be ours.
            "since": str(int((since - timedelta(minutes=10)).timestamp())),
            "limit": str(_MOST_LOOKED_THROUGH),
            **self._token(account),
        }
        found = self._asked(account, f"/{_id(account)}/published_posts", asked).get("data", [])
        for one in found if isinstance(found, list) else []:
            if isinstance(one, dict) and post.mark in str(one.get("message", "")):
                return _receipt_of(one)
        return None

    def withdraw(self, account: Account, remote_id: str) -> None:
        answer = call(account.api, "DELETE", f"/{quote(remote_id, safe='_')}", query=self._token(account))
        try:
            self._understood(account, answer)
        except Failed as failure:
            if failure.why is not Why.GONE:
                raise

    def figures(self, account: Account, remote_id: str) -> Mapping[str, int]:
        path = f"/{quote(remote_id, safe='_')}"
        asked = "shares,comments.limit(0).summary(total_count),reactions.limit(0).summary(total_count)"
        body = self._asked(account, path, {"fields": asked, **self._token(account)})
        counts = {
            "shares": _dig(body, "shares", "count"),
            "comments": _dig(body, "comments", "summary", "total_count"),
            "reactions": _dig(body, "reactions", "summary", "total_count"),
            "views": self._views(account, path),
        }
        if counts["shares"] is None:
            counts["shares"] = 0  # left out by the service when nobody shared
        return {name: value for name, value in counts.items() if value is not None}

    def _views(self, account: Account, path: str) -> int | None:
        # `post_impressions` is gone since 15/11/2025; this one took its place.
        asked = {"metric": "post_media_view", **self._token(account)}
        try:
            data = self._asked(account, f"{path}/insights", asked).get("data", [])
        except Failed as failure:
            if failure.why in {Why.TOKEN, Why.LIMIT}:
                raise
            return None
        first = data[0] if isinstance(data, list) and data and isinstance(data[0], dict) else {}
        values = first.get("values")
        last = values[-1] if isinstance(values, list) and values and isinstance(values[-1], dict) else {}
        value = last.get("value")
        return value if isinstance(value, int) else None

    def _receipt(self, account: Account, remote: str) -> Receipt:
        asked = {"fields": _POST_FIELDS, **self._token(account)}
        return _receipt_of(self._asked(account, f"/{quote(remote, safe='_')}", asked))

    def _token(self, account: Account) -> dict[str, str]:
        said = {"access_token": account.token}
        if account.app_secret:
            proof = hmac.new(account.app_secret.encode(), account.token.encode(), hashlib.sha256)
            said["appsecret_proof"] = proof.hexdigest()
        return said

    def _asked(self, account: Account, path: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        try:
            answer = call(account.api, "GET", path, query=query)
        except Failed as failure:
            # Asking changes nothing, so nothing is in doubt.
            raise Failed(Why.TEMPORARY, failure.said, failure.wait) from None
        try:
            return self._understood(account, answer)
        except Failed as failure:
            why = Why.TEMPORARY if failure.why is Why.UNKNOWN else failure.why
            raise Failed(why, failure.said, failure.wait) from None

    def _understood(self, account: Account, answer: Answer) -> Mapping[str, Any]:
        error = answer.body.get("error")
        if not isinstance(error, dict):
            if answer.status == 200 and answer.body:
                return answer.body
            raise Failed(Why.UNKNOWN, told(f"HTTP {answer.status}", ""))
        code, sub = _number(error.get("code")), _number(error.get("error_subcode"))
        why = _CODES.get(code, Why.REFUSED)
        if 200 <= code <= 299:
            why = Why.PERMISSION
        elif code == 100 and sub == _NO_SUCH_OBJECT:
            why = Why.GONE
        elif code not in _CODES and answer.status >= 500:
            why = Why.UNKNOWN
        words = error.get("error_user_msg") or error.get("message") or ""
        name = f"{code}/{sub}" if sub else str(code)
        said = told(name, words, account.token, account.app_secret)
        raise Failed(why, said, _asked_to_wait(answer) if why is Why.LIMIT else None)


def message_of(post: Post) -> str:
    """What stands in the post: title, lead and the address, whose mark finds it again."""
    return "\n\n".join(part for part in (post.title, post.lead, post.link) if part)


def _id(account: Account) -> str:
    return quote(account.remote_id, safe="")


def _receipt_of(one: Mapping[str, Any]) -> Receipt:
    said = {name: str(one[name]) for name in _POST_FIELDS.split(",") if name in one}
    made = said.get("created_time", "")
    try:
        at = datetime.strptime(made, "%Y-%m-%dT%H:%M:%S%z") if made else None
    except ValueError:
        at = None
    return Receipt(said.get("id", ""), said.get("permalink_url", ""), at, said)


def _asked_to_wait(answer: Answer) -> timedelta | None:
    """How long until calls are free again, as the header of business use cases says (minutes)."""
    try:
        usage = json.loads(answer.headers.get("x-business-use-case-usage", "{}"))
        minutes = [
            int(one["estimated_time_to_regain_access"])
            for group in usage.values()
            for one in group
            if "estimated_time_to_regain_access" in one
        ]
        return timedelta(minutes=max(minutes)) if minutes else None
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None


def _moment(stamp: object) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int) and 0 < stamp < 2**33 else None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _dig(body: Mapping[str, Any], *path: str) -> int | None:
    found: Any = body
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, int) else None
