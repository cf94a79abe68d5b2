"""Any operation and any request, and how the methods of each domain send theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar, Union, overload

import httpx
from typing_extensions import Unpack

from ... import operations
from ...answer import Answer
from ...configuration import Configuration
from ...errors import NotFoundError, UsageError, VideoScraperError
from ...model import decode
from ...operation import Operation
from ...options import CallOptions, StartOptions
from ...request import Body, OutgoingRequest, Parameters, request_of
from ..transport import AsyncTransport

Data = TypeVar("Data")


class CallMethods:
    def __init__(self, configuration: Configuration, transport: AsyncTransport) -> None:
        self._configuration: Final = configuration
        self._transport: Final = transport

    @overload
    async def call(
        self,
        operation: Operation[Data],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: Body | None = None,
        **options: Unpack[StartOptions],
    ) -> Answer[Data]: ...

    @overload
    async def call(
        self,
        operation: str,
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: Body | None = None,
        **options: Unpack[StartOptions],
    ) -> Answer[Any]: ...

    async def call(
        self,
        operation: Union[Operation[Any], str],
        *,
        path: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
        body: Body | None = None,
        **options: Unpack[StartOptions],
    ) -> Answer[Any]:
        """
        Any operation by its `operationId`, or by its row in `video_scraper.operations`, with the status and the headers of
        its answer. What is no JSON is read by `fetch_file` and `fetch_archive`.
        """
        known = operations.OPERATIONS.get(operation) if isinstance(operation, str) else operation
        if known is None:
            raise UsageError(f"There is no operation {operation}.", code="invalid_argument")
        key = options.get("idempotency_key")
        return await self._answer(known, path=path, query=query, body=body, key=key, options=options)

    async def request(self, method: str, path: str, body: Any = None, **options: Unpack[CallOptions]) -> Answer[Any]:
        """
        A request that this client does not know: `path` begins with `/`, and may hold a query. Only GET is repeated. The
        answer is plain JSON.
        """
        if not path.startswith("/"):
            raise UsageError("The path has to begin with a slash.", code="invalid_argument")
        request = OutgoingRequest(
            method=method,
            url=self._configuration.base_url + path,
            headers={name.lower(): value for name, value in options.get("headers", {}).items()},
            is_repeatable=method == "GET",
            body=body,
            timeout=options.get("timeout"),
            retries=options.get("retries"),
        )
        return await self._transport.send(request)

    def _request(self, operation: Operation[Any], **parameters: Unpack[Parameters]) -> OutgoingRequest:
        return request_of(self._configuration, operation, parameters)

    async def _answer(self, operation: Operation[Data], **parameters: Unpack[Parameters]) -> Answer[Data]:
        answer = await self._transport.send(self._request(operation, **parameters))
        return answer.with_data(decode(answer.data, operation.answer))

    async def _data(self, operation: Operation[Data], **parameters: Unpack[Parameters]) -> Data:
        return (await self._answer(operation, **parameters)).data

    async def _data_as(self, kind: type[Data], operation: Operation[Any], **parameters: Unpack[Parameters]) -> Data:
        """For an operation that answers in several ways, where it is known in which."""
        as_kind: Operation[Data] = replace(operation, answer=kind)
        return (await self._answer(as_kind, **parameters)).data

    async def _unread(self, operation: Operation[Any], **parameters: Unpack[Parameters]) -> httpx.Response:
        request = self._request(operation, **parameters)
        headers = {"accept": "*/*", **request.headers}
        return (await self._transport.open(replace(request, headers=headers, is_unread=True))).data

    async def _remove(self, operation: Operation[Any], **parameters: Unpack[Parameters]) -> None:
        """Returns also when a repeat finds nothing, since the attempt before has removed it."""
        lost: list[VideoScraperError] = []
        try:
            await self._transport.send(replace(self._request(operation, **parameters), on_retry=lost.append))
        except NotFoundError:
            if not any(error.status == 0 for error in lost):
                raise
