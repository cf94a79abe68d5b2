"""What the service says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import Unpack

from ... import operations
from ...bodies import ListPlatformsQuery
from ...options import CallOptions
from ...schemas import HealthReply, Platform, ServiceStatus
from .call_methods import CallMethods


class ServiceMethods(CallMethods):
    async def get_status(self, **options: Unpack[CallOptions]) -> ServiceStatus:
        """`getStatus`"""
        return await self._data(operations.GET_STATUS, options=options)

    async def list_platforms(
        self, query: ListPlatformsQuery | None = None, **options: Unpack[CallOptions]
    ) -> Sequence[Platform]:
        """`listPlatforms`"""
        return await self._data(operations.LIST_PLATFORMS, query=query, options=options)

    async def get_liveness(self, **options: Unpack[CallOptions]) -> HealthReply:
        """`getLiveness`"""
        return await self._data(operations.GET_LIVENESS, options=options)

    async def get_readiness(self, **options: Unpack[CallOptions]) -> HealthReply:
        """`getReadiness`: a `ServiceError` when the gateway cannot take jobs."""
        return await self._data(operations.GET_READINESS, options=options)
