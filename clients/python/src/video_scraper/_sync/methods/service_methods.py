# Made from _async/methods/service_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
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
    def get_status(self, **options: Unpack[CallOptions]) -> ServiceStatus:
        """`getStatus`"""
        return self._data(operations.GET_STATUS, options=options)

    def list_platforms(
        self, query: ListPlatformsQuery | None = None, **options: Unpack[CallOptions]
    ) -> Sequence[Platform]:
        """`listPlatforms`"""
        return self._data(operations.LIST_PLATFORMS, query=query, options=options)

    def get_liveness(self, **options: Unpack[CallOptions]) -> HealthReply:
        """`getLiveness`"""
        return self._data(operations.GET_LIVENESS, options=options)

    def get_readiness(self, **options: Unpack[CallOptions]) -> HealthReply:
        """`getReadiness`: a `ServiceError` when the gateway cannot take jobs."""
        return self._data(operations.GET_READINESS, options=options)
