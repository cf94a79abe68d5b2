"""What the service answers, as an object that knows its keys, and keeps those that it does not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

from .parsed import list_of, object_of


class Model:
    """
    An object of an answer. Its keys are attributes: `job.status`. A key that may be absent is `None` then.

    `job["key"]` reads any key as it came, also one that this version does not know; `"key" in job` asks for it.
    Nothing is checked: a word or a kind of value that is not known is given as it is.
    """

    __slots__ = ("_data",)

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._data = data

    if not TYPE_CHECKING:
        # Hidden from type checkers, so that they find a name that was mistyped.
        def __getattr__(self, name: str) -> Any:
            if name.startswith("_"):
                raise AttributeError(name)
            hints = _hints_of(type(self))
            if name in self._data:
                return decode(self._data[name], hints.get(name, Any))
            if name in hints:
                return None
            raise AttributeError(f"{type(self).__name__} has no {name!r}.")

    def __getitem__(self, key: str) -> Any:
        return self._data[key]

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def to_dict(self) -> dict[str, Any]:
        """Everything that came, as it came."""
        return dict(self._data)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Model) and type(other) is type(self) and other._data == self._data

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self._data)!r})"

    def __reduce__(self) -> tuple[type[Model], tuple[Mapping[str, Any]]]:
        return (type(self), (self._data,))


_HINTS: Final[dict[type[Model], Mapping[str, Any]]] = {}
"""Of each class that was needed; there are as many as the API has."""


def _hints_of(model: type[Model]) -> Mapping[str, Any]:
    if model not in _HINTS:
        _HINTS[model] = get_type_hints(model)
    return _HINTS[model]


def decode(value: Any, hint: Any) -> Any:
    """`value` as `hint` says it; as it is where it does not fit."""
    if get_origin(hint) is Union:
        return _decode_choice(value, get_args(hint))
    items, data = list_of(value), object_of(value)
    if items is not None and _is_list(hint):
        (item,) = get_args(hint)
        return tuple(decode(each, item) for each in items)
    if data is not None and _is_model(hint):
        return hint(data)
    return value


def _is_list(hint: Any) -> bool:
    return get_origin(hint) is Sequence


def _is_model(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Model)


def _decode_choice(value: Any, choices: tuple[Any, ...]) -> Any:
    data = object_of(value)
    models = [cast("type[Model]", each) for each in choices if _is_model(each)]
    if data is not None and models:
        # A state that nobody knows yet is read as the class of the first state, in which the job goes on.
        fitting = [each for each in models if _agrees(each, data)] or models[:1]
        return max(fitting, key=lambda each: _likeness(each, data))(data)
    lists = [each for each in choices if _is_list(each)]
    return decode(value, lists[0]) if lists else value


def _agrees(model: type[Model], data: Mapping[str, Any]) -> bool:
    """Whether each word that tells this class from others is the one that came."""
    words = ((name, get_args(hint)) for name, hint in _hints_of(model).items() if get_origin(hint) is Literal)
    return all(data.get(name) in options for name, options in words)


def _likeness(model: type[Model], data: Mapping[str, Any]) -> tuple[int, int]:
    """Greatest for the class that knows most of what came, and of several such for the one that misses least."""
    names = _hints_of(model).keys()
    return (-len(data.keys() - names), -len(names - data.keys()))
