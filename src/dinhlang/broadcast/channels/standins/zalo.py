"""An Official Account as the OA API answers for it: two-step articles, tokens that are used once, errors in the body."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any
from urllib.parse import urlencode

from dinhlang.broadcast.channels.standins.serving import Asked, Clock, Said, StandIn

TOKEN_SECONDS = 90_000
"""25 hours."""
APP_SECRET, TOKEN, REFRESH_TOKEN = "za-app-secret", "access-0", "refresh-0"


class ZaloStandIn(StandIn):
    """One account, one app. An article is ready `looks_until_ready` questions after it was made."""

    name = "Zalo OA"

    def __init__(
        self,
        *,
        account: str = "7788990011",
        app: str = "5566",
        secret: str = APP_SECRET,
        clock: Clock = time.time,
    ) -> None:
        super().__init__()
        self.account, self.app, self.secret, self.clock = account, app, secret, clock
        self.account_name = "UBND xã Minh Họa"
        self.tokens: dict[str, float] = {TOKEN: clock() + TOKEN_SECONDS}
        self.refresh_tokens = {REFRESH_TOKEN}
        self.codes: dict[str, str] = {}
        self.articles: dict[str, dict[str, Any]] = {}
        self.in_work: dict[str, tuple[str, int]] = {}
        self.looks_until_ready = 1
        self.limit = 1000
        self._number = 0

    def posted(self) -> list[tuple[str, str]]:
        return [
            (one["title"], "\n".join(part.get("content", "") for part in one["body"]))
            for one in sorted(self.articles.values(), key=lambda one: one["at"], reverse=True)
        ]

    def revoke(self) -> None:
        """As when the account took the permission back: neither token works any more."""
        with self.lock:
            self.tokens.clear()
            self.refresh_tokens.clear()

    def answer(self, asked: Asked) -> Said:
        given = asked.given
        if asked.path == "/v4/oa/permission":
            return self._permission(given)
        if asked.path == "/v4/oa/access_token":
            return self._access_token(asked)
        if self.tokens.get(asked.headers.get("access_token", ""), 0) <= self.clock():
            return no(-216, "Access token is invalid")
        path = asked.path.removeprefix("/v2.0")
        if path == "/oa/getoa":
            return yes({"oa_id": self.account, "name": self.account_name, "num_follower": 1320})
        if path == "/article/create":
            return self._create(given)
        if path == "/article/verify":
            return self._verify(given)
        if path == "/article/getslice":
            offset, limit = int(given.get("offset", 0)), min(int(given.get("limit", 10)), 10)
            newest = sorted(self.articles.values(), key=lambda one: one["at"], reverse=True)
            rows = [self._row(one) for one in newest[offset : offset + limit]]
            return yes({"medias": rows, "total": len(newest)})
        found = self.articles.get(str(given.get("id", "")))
        if path == "/article/getdetail":
            return (
                yes({"id": found["id"], "title": found["title"], "body": found["body"]})
                if found
                else no(-201, "id is invalid")
            )
        if path == "/article/remove":
            return yes({}) if self.articles.pop(str(given.get("id", "")), None) else no(-201, "id is invalid")
        return no(-209, "Not support this api")

    def _create(self, given: Any) -> Said:
        day = self.clock() - 86_400
        if sum(1 for one in self.articles.values() if one["at"] > day) >= self.limit:
            return no(-211, "Out of quota")
        title = str(given.get("title", ""))
        if not title or len(title) > 150 or len(str(given.get("description", ""))) > 300:
            return no(-210, "Parameter exceed limit")
        if not given.get("cover", {}).get("photo_url"):
            return no(-201, "cover is invalid")
        self._number += 1
        identifier = f"bai{self._number:05d}"
        self.articles[identifier] = {
            "id": identifier,
            "title": title,
            "body": list(given.get("body", [])),
            "at": self.clock(),
            "views": 0,
            "shares": 0,
        }
        token = f"made-{self._number}"
        self.in_work[token] = (identifier, self.looks_until_ready)
        return yes({"token": token})

    def _verify(self, given: Any) -> Said:
        token = str(given.get("token", ""))
        if token not in self.in_work:
            return no(-201, "token is invalid")
        identifier, looks = self.in_work[token]
        if looks > 0:
            self.in_work[token] = (identifier, looks - 1)
            return no(-214, "Article is being processed")
        return yes({"id": identifier})

    def _row(self, one: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": one["id"],
            "type": "normal",
            "title": one["title"],
            "status": "show",
            "total_view": one["views"],
            "total_share": one["shares"],
            "create_date": int(one["at"] * 1000),
            "link_view": f"https://rd.zapps.vn/detail/{self.account}?id={one['id']}",
        }

    def _permission(self, given: Any) -> Said:
        code = f"code-{len(self.codes)}"
        self.codes[code] = str(given.get("code_challenge", ""))
        asked = {"code": code, "state": given.get("state", ""), "oa_id": self.account}
        return Said("", 302, {"Location": f"{given.get('redirect_uri', '')}?{urlencode(asked)}"})

    def _access_token(self, asked: Asked) -> Said:
        given = asked.given
        if asked.headers.get("secret_key") != self.secret or given.get("app_id") != self.app:
            return Said({"error": -14004, "error_name": "Invalid secret key"})
        if given.get("grant_type") == "authorization_code":
            said = hashlib.sha256(str(given.get("code_verifier", "")).encode()).digest()
            wanted = self.codes.pop(str(given.get("code", "")), None)
            if wanted is None or base64.urlsafe_b64encode(said).decode().rstrip("=") != wanted:
                return Said({"error": -14010, "error_name": "Invalid code verifier"})
        elif str(given.get("refresh_token", "")) in self.refresh_tokens:
            self.refresh_tokens.discard(str(given["refresh_token"]))
        else:
            return Said({"error": -14020, "error_name": "Refresh token is invalid or used"})
        self._number += 1
        token, again = f"access-{self._number}", f"refresh-{self._number}"
        self.tokens[token] = self.clock() + TOKEN_SECONDS
        self.refresh_tokens.add(again)
        return Said({"access_token": token, "refresh_token": again, "expires_in": str(TOKEN_SECONDS)})


def yes(data: dict[str, Any]) -> Said:
    """What the OA API says when all is well."""
    return Said({"error": 0, "message": "Success", "data": data})


def no(code: int, message: str) -> Said:
    """An error: with status 200, as the OA API does."""
    return Said({"error": code, "message": message})
