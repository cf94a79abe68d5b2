# Made from _async/methods/key_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""API keys, which need the scope `admin`."""

from __future__ import annotations

from collections.abc import Iterator

from typing_extensions import Unpack

from ... import operations
from ...bodies import CreateKeyBody, ListKeysQuery, RotateKeyQuery, UpdateKeyBody
from ...options import CallOptions
from ...page import Page
from ...schemas import ApiKey, IssuedKey
from ..paging import each_item
from .call_methods import CallMethods


class KeyMethods(CallMethods):
    def create_key(self, body: CreateKeyBody, **options: Unpack[CallOptions]) -> IssuedKey:
        """`createKey`: the key itself is in this answer alone."""
        return self._data(operations.CREATE_KEY, body=body, options=options)

    def list_keys(self, query: ListKeysQuery | None = None, **options: Unpack[CallOptions]) -> Page[ApiKey]:
        """`listKeys`: one page."""
        found = self._data(operations.LIST_KEYS, query=query, options=options)
        return Page(found.keys, found.next_cursor)

    def keys(self, query: ListKeysQuery | None = None, **options: Unpack[CallOptions]) -> Iterator[ApiKey]:
        """All keys, newest first."""

        def page(cursor: str | None) -> Page[ApiKey]:
            own: ListKeysQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return self.list_keys(own, **options)

        return each_item(page)

    def get_key(self, id: str, **options: Unpack[CallOptions]) -> ApiKey:
        """`getKey`"""
        return self._data(operations.GET_KEY, path={"key_id": id}, options=options)

    def update_key(self, id: str, body: UpdateKeyBody, **options: Unpack[CallOptions]) -> ApiKey:
        """`updateKey`"""
        return self._data(operations.UPDATE_KEY, path={"key_id": id}, body=body, options=options)

    def revoke_key(self, id: str, **options: Unpack[CallOptions]) -> ApiKey:
        """`revokeKey`: for ever."""
        return self._data(operations.REVOKE_KEY, path={"key_id": id}, options=options)

    def rotate_key(
        self, id: str, query: RotateKeyQuery | None = None, **options: Unpack[CallOptions]
    ) -> IssuedKey:
        """`rotateKey`: the new secret is in this answer alone."""
        return self._data(operations.ROTATE_KEY, path={"key_id": id}, query=query, options=options)
