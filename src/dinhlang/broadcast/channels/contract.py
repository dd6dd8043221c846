"""What every way to a channel promises, and which ways there are.

An adapter keeps nothing: it is told the account and the post, calls the service and answers with plain values. Whatever
goes wrong it says as `Failed`; its text holds no token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Protocol

from dinhlang.broadcast.channels.rules import Service, Why


class Failed(Exception):
    """A call did not do what it should. `said` is the service's own code and words, `wait` how long it asks us to."""

    def __init__(self, why: Why, said: str = "", wait: timedelta | None = None) -> None:
        super().__init__(f"{why}: {said}")
        self.why, self.said, self.wait = why, said, wait


@dataclass(frozen=True, slots=True)
class Account:
    """A channel as an adapter needs it. `api` and `login` are the only addresses that are called."""

    api: str
    login: str
    remote_id: str = ""
    app_id: str = ""
    app_secret: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    cover: str = ""
    with_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a service gave for signing in; `until` is None for a token without an end."""

    token: str = field(repr=False)
    refresh_token: str = field(default="", repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a service says of the account: its name there, until when the token holds, what is wrong (for a person)."""

    remote_id: str
    name: str
    until: datetime | None = None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """What is to be said. `link` is the item's public address with the delivery's own mark, by which it is found again."""

    mark: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    link: str
    byline: str = ""
    picture: bytes = field(default=b"", repr=False)
    picture_name: str = ""
    picture_address: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """That a post is there: its id and address, when by the service's word, and what the service said."""

    remote_id: str
    address: str
    at: datetime | None = None
    said: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pending:
    """The service took it in and makes it later; `handle` is what to ask by."""

    handle: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the parts of a post may be, and how large a picture (bytes); 0 for what has no place there."""

    title: int
    lead: int
    body: int
    picture: int


class Adapter(Protocol):
    """A way to one service. Each deed raises `Failed` and nothing else."""

    limits: Limits

    def login_address(self, account: Account, *, back: str, state: str, verifier: str) -> str:
        """Where a person allows us in, and comes back to `back` with `state` and a code."""

    def authorise(self, account: Account, *, code: str, back: str, verifier: str, at: datetime) -> Tokens:
        """Tokens for the code that came back."""

    def refresh(self, account: Account, *, at: datetime) -> Tokens | None:
        """New tokens for old; None where a token needs none."""

    def check(self, account: Account) -> Seen:
        """Whether the token holds, and for which account."""

    def problems(self, account: Account, post: Post) -> list[str]:
        """Why the post would not be taken, in words for a person; empty when nothing is known to be wrong."""

    def publish(self, account: Account, post: Post) -> Receipt | Pending:
        """Put it up. Called at most once for an attempt; `Why.UNKNOWN` says that it may be there all the same."""

    def status(self, account: Account, pending: Pending) -> Receipt | Pending:
        """What has become of what the service took in."""

    def find(self, account: Account, post: Post, *, since: datetime) -> Receipt | None:
        """The post among those made since, by its mark; None when it is not there."""

    def withdraw(self, account: Account, remote_id: str) -> None:
        """Take it down. One that is gone already is no failure."""

    def figures(self, account: Account, remote_id: str) -> Mapping[str, int]:
        """What the service counts of it (`views`, `reactions`, `comments`, `shares`); a figure it does not tell is left out."""


@cache
def adapters() -> Mapping[Service, Adapter]:
    """The ways there are. A service without an API has none."""
    from dinhlang.broadcast.channels.facebook import Facebook
    from dinhlang.broadcast.channels.zalo import Zalo

    return {Service.FACEBOOK: Facebook(), Service.ZALO: Zalo()}
