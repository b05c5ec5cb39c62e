"""Properties that are worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801  it is written as a decorator, as property is
    """A property that is worked out when it is first read, and then stands in the instance.

    As ``functools.cached_property`` is from Python 3.12 on: that of 3.11 takes a lock for each first reading, which for tables of reasons,
    that ask thousands of lines for a dozen properties each, takes longer than most answers.
    """

    def __init__(self, func: Callable[[Any], T]) -> None:
        self.func = func
        self.__doc__ = func.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> once[T] | T:
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self.func(instance)
        return value
