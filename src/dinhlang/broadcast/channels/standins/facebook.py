"""A page as the Graph API answers for it: posts, photos, insights, tokens, and its errors as documented."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from dinhlang.broadcast.channels.standins.serving import Asked, Clock, Said, StandIn

VERSION = "/v25.0"
APP_SECRET, PAGE_TOKEN = "fb-app-secret", "page-token"


class FacebookStandIn(StandIn):
    """One page, one app. `limit` is how many posts an hour it takes before it answers with code 32."""

    name = "Facebook"

    def __init__(
        self,
        *,
        page: str = "100200300",
        app: str = "4455",
        secret: str = APP_SECRET,
        clock: Clock = time.time,
    ) -> None:
        super().__init__()
        self.page, self.app, self.secret, self.clock = page, app, secret, clock
        self.page_name = "Xã Minh Họa"
        self.tokens: dict[str, str] = {PAGE_TOKEN: "page"}
        self.codes: dict[str, str] = {}
        self.posts: dict[str, dict[str, Any]] = {}
        self.photos: dict[str, bytes] = {}
        self.limit = 1000
        self.needs_proof = True
        self._number = 0

    def posted(self) -> list[tuple[str, str]]:
        newest = sorted(self.posts.values(), key=lambda one: one["at"], reverse=True)
        return [(one["message"].split("\n")[0], one["message"]) for one in newest]

    def revoke(self, token: str = PAGE_TOKEN) -> None:
        """As when the person changed the password."""
        with self.lock:
            self.tokens.pop(token, None)

    def answer(self, asked: Asked) -> Said:
        path, given = asked.path.removeprefix(VERSION), asked.given
        if path == "/dialog/oauth":
            return self._dialog(given)
        if path == "/oauth/access_token":
            return self._exchange(given)
        if path == "/debug_token":
            kind = self.tokens.get(given.get("input_token", ""))
            scopes = ["pages_show_list", "pages_manage_posts", "pages_read_engagement"]
            return Said({"data": {"is_valid": kind is not None, "expires_at": 0, "scopes": scopes}})
        token = str(given.get("access_token", ""))
        if token not in self.tokens:
            return error(190, "Error validating access token: the session has been invalidated", 460)
        if path == "/me/accounts":
            page = {"id": self.page, "name": self.page_name, "access_token": self._page_token()}
            return Said({"data": [{**page, "tasks": ["CREATE_CONTENT", "MODERATE"]}]})
        if self.needs_proof:
            proof = hmac.new(self.secret.encode(), token.encode(), hashlib.sha256).hexdigest()
            if given.get("appsecret_proof") != proof:
                return error(100, "API calls from the server require an appsecret_proof argument")
        return self._of_the_page(asked, path, given)

    def _of_the_page(self, asked: Asked, path: str, given: Any) -> Said:
        if path == f"/{self.page}":
            return Said({"id": self.page, "name": self.page_name})
        if path == f"/{self.page}/feed" and asked.method == "POST":
            return self._feed(given)
        if path == f"/{self.page}/photos" and asked.method == "POST":
            self._number += 1
            photo = f"9{self._number:06d}"
            self.photos[photo] = asked.files.get("source", b"")
            return Said({"id": photo})
        if path == f"/{self.page}/published_posts":
            since = int(given.get("since", 0))
            newest = sorted(self.posts.values(), key=lambda one: one["at"], reverse=True)
            rows = [self._shown(one) for one in newest if one["at"] >= since]
            return Said({"data": rows[: int(given.get("limit", 25))]})
        found = re.fullmatch(r"/([0-9]+_[0-9]+)(/insights)?", path)
        if found is None:
            return error(2500, "Unknown path components")
        post = self.posts.get(found[1])
        if post is None:
            return error(
                100,
                "Unsupported request. Object does not exist, cannot be loaded due to missing permissions",
                33,
            )
        if asked.method == "DELETE":
            del self.posts[found[1]]
            return Said({"success": True})
        if found[2]:
            if given.get("metric") != "post_media_view":
                return error(100, "The value must be a valid insights metric")
            value = {"values": [{"value": post["views"]}], "name": "post_media_view", "period": "lifetime"}
            return Said({"data": [value]})
        return Said(self._shown(post) | self._counts(post))

    def _feed(self, given: Any) -> Said:
        now = self.clock()
        if sum(1 for one in self.posts.values() if one["at"] > now - 3600) >= self.limit:
            usage = {self.page: [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 30}]}
            return error(
                32, "Page request limit reached", headers={"X-Business-Use-Case-Usage": json.dumps(usage)}
            )
        message = str(given.get("message", ""))
        if not message and not given.get("link"):
            return error(100, "Invalid parameter")
        last = max(self.posts.values(), key=lambda one: one["at"], default=None)
        if last is not None and last["message"] == message:
            return error(506, "Duplicate status message")
        self._number += 1
        identifier = f"{self.page}_{self._number:08d}"
        media = json.loads(given.get("attached_media[0]", "{}")).get("media_fbid", "")
        if media and media not in self.photos:
            return error(100, "Invalid parameter: attached_media")
        self.posts[identifier] = {
            "id": identifier,
            "message": message,
            "link": given.get("link", ""),
            "photo": media,
            "at": now,
            "views": 0,
            "reactions": 0,
            "comments": 0,
            "shares": 0,
        }
        return Said({"id": identifier})

    def _shown(self, post: dict[str, Any]) -> dict[str, Any]:
        made = datetime.fromtimestamp(post["at"], UTC)
        number = post["id"].partition("_")[2]
        return {
            "id": post["id"],
            "message": post["message"],
            "created_time": f"{made:%Y-%m-%dT%H:%M:%S}+0000",
            "permalink_url": f"https://www.facebook.com/{self.page}/posts/{number}",
        }

    def _counts(self, post: dict[str, Any]) -> dict[str, Any]:
        told = {
            "comments": {"data": [], "summary": {"total_count": post["comments"]}},
            "reactions": {"data": [], "summary": {"total_count": post["reactions"]}},
        }
        return {**told, "shares": {"count": post["shares"]}} if post["shares"] else told

    def _dialog(self, given: Any) -> Said:
        code = f"code-{len(self.codes)}"
        self.codes[code] = str(given.get("redirect_uri", ""))
        back = f"{given.get('redirect_uri', '')}?{urlencode({'code': code, 'state': given.get('state', '')})}"
        return Said("", 302, {"Location": back})

    def _exchange(self, given: Any) -> Said:
        if given.get("client_id") != self.app or given.get("client_secret") != self.secret:
            return error(1, "Error validating client secret")
        if given.get("grant_type") == "fb_exchange_token":
            if self.tokens.get(given.get("fb_exchange_token", "")) != "short":
                return error(190, "Invalid OAuth access token")
            self.tokens["long-lived"] = "person"
            return Said({"access_token": "long-lived", "token_type": "bearer", "expires_in": 5183944})
        if self.codes.pop(given.get("code", ""), None) != given.get("redirect_uri"):
            return error(100, "Invalid verification code format or redirect_uri")
        self.tokens["short-lived"] = "short"
        return Said({"access_token": "short-lived", "token_type": "bearer", "expires_in": 5000})

    def _page_token(self) -> str:
        self._number += 1
        token = f"page-token-{self._number}"
        self.tokens[token] = "page"
        return token


def error(code: int, message: str, sub: int = 0, headers: dict[str, str] | None = None) -> Said:
    """An error as the Graph API says it."""
    told: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "thu"}
    if sub:
        told["error_subcode"] = sub
    return Said({"error": told}, 500 if code in {1, 2} else 400, headers or {})
