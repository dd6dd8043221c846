"""Values that are made when somebody asks, and kept: of one object, and of keys that come again."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar, cast, overload

Key = TypeVar("Key")
Value = TypeVar("Value")


class lazy(Generic[Value]):  # noqa: N801 - a decorator, as `property` is
    """A property whose value is made at the first question and kept in the object, which needs a `__dict__`.

    `functools.cached_property` takes a lock for it until Python 3.12. Here two threads may make the value twice.
    """

    def __init__(self, make: Callable[[Any], Value]) -> None:
        self._make = make
        self._name = make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, one: None, kind: type) -> lazy[Value]: ...

    @overload
    def __get__(self, one: object, kind: type) -> Value: ...

    def __get__(self, one: object | None, kind: type) -> lazy[Value] | Value:
        if one is None:
            return self
        value = self._make(one)
        keep(one, self._name, value)
        return value


def keep(one: object, name: str, value: object) -> None:
    """Let an object have the value of a `lazy` property: from then on it answers itself, for what stands in it goes
    before what stands in its class. It may be frozen, for it is none the other for it."""
    object.__setattr__(one, name, value)


One = TypeVar("One")


def once(make: Callable[[One], Value]) -> Callable[[One], Value]:
    """A function of one object whose answer is kept in the object, which needs a `__dict__`, and goes with it.

    `functools.lru_cache` would keep the object itself: a document somebody had checked, until the next ones.
    """
    name = f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def asked(one: One) -> Value:
        known = one.__dict__
        try:
            return cast(Value, known[name])
        except KeyError:
            value = known[name] = make(one)
            return value

    return asked


class Kept(dict[Key, Value]):
    """What was made of each key, quicker to ask than a function: for questions that come by the thousand.

    It begins anew when it is full.
    """

    def __init__(self, make: Callable[[Key], Value], most: int = 1 << 16) -> None:
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, key: Key) -> Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
