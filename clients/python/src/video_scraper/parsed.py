"""JSON of which nothing is known yet."""

from __future__ import annotations

from typing import Any, TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list)


def object_of(value: object) -> dict[str, Any] | None:
    """`None` for what is no object."""
    return value if is_object(value) else None


def list_of(value: object) -> list[Any] | None:
    """`None` for what is no list."""
    return value if is_list(value) else None
