"""API keys, which need the scope `admin`."""

from __future__ import annotations

from collections.abc import AsyncIterator

from typing_extensions import Unpack

from ... import operations
from ...bodies import CreateKeyBody, ListKeysQuery, RotateKeyQuery, UpdateKeyBody
from ...options import CallOptions
from ...page import Page
from ...schemas import ApiKey, IssuedKey
from ..paging import each_item
from .call_methods import CallMethods


class KeyMethods(CallMethods):
    async def create_key(self, body: CreateKeyBody, **options: Unpack[CallOptions]) -> IssuedKey:
        """`createKey`: the key itself is in this answer alone."""
        return await self._data(operations.CREATE_KEY, body=body, options=options)

    async def list_keys(self, query: ListKeysQuery | None = None, **options: Unpack[CallOptions]) -> Page[ApiKey]:
        """`listKeys`: one page."""
        found = await self._data(operations.LIST_KEYS, query=query, options=options)
        return Page(found.keys, found.next_cursor)

    def keys(self, query: ListKeysQuery | None = None, **options: Unpack[CallOptions]) -> AsyncIterator[ApiKey]:
        """All keys, newest first."""

        async def page(cursor: str | None) -> Page[ApiKey]:
            own: ListKeysQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return await self.list_keys(own, **options)

        return each_item(page)

    async def get_key(self, id: str, **options: Unpack[CallOptions]) -> ApiKey:
        """`getKey`"""
        return await self._data(operations.GET_KEY, path={"key_id": id}, options=options)

    async def update_key(self, id: str, body: UpdateKeyBody, **options: Unpack[CallOptions]) -> ApiKey:
        """`updateKey`"""
        return await self._data(operations.UPDATE_KEY, path={"key_id": id}, body=body, options=options)

    async def revoke_key(self, id: str, **options: Unpack[CallOptions]) -> ApiKey:
        """`revokeKey`: for ever."""
        return await self._data(operations.REVOKE_KEY, path={"key_id": id}, options=options)

    async def rotate_key(
        self, id: str, query: RotateKeyQuery | None = None, **options: Unpack[CallOptions]
    ) -> IssuedKey:
        """`rotateKey`: the new secret is in this answer alone."""
        return await self._data(operations.ROTATE_KEY, path={"key_id": id}, query=query, options=options)
