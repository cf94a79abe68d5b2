"""The client that does not block: one method for each operation, and calls that wait by themselves. `methods` has them by domain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import TracebackType

import httpx
from typing_extensions import Self

from ..configuration import LogEntry, configuration_of
from .methods.cookie_methods import CookieMethods
from .methods.download_methods import DownloadMethods
from .methods.file_methods import FileMethods
from .methods.information_methods import InformationMethods
from .methods.job_methods import JobMethods
from .methods.key_methods import KeyMethods
from .methods.playlist_methods import PlaylistMethods
from .methods.service_methods import ServiceMethods
from .methods.transcript_methods import TranscriptMethods
from .methods.webhook_methods import WebhookMethods
from .transport import AsyncTransport


class AsyncVideoScraper(
    InformationMethods,
    TranscriptMethods,
    DownloadMethods,
    PlaylistMethods,
    JobMethods,
    FileMethods,
    WebhookMethods,
    CookieMethods,
    KeyMethods,
    ServiceMethods,
):
    """
    The service. A context manager, which closes its connections; `aclose` does it too.

    `api_key`: default `VIDEO_SCRAPER_API_KEY`; empty for none, whatever the environment says.
    `base_url`: default `VIDEO_SCRAPER_URL`, else `http://localhost:5501`; with or without `/api/video-scraper` at its end.
    `timeout`: seconds that one attempt may take, until its answer is there.
    `idle_timeout`: seconds that nothing may come of a stream or a file. The service says something every 15 seconds.
    `retries`: how often a request is repeated that can safely be; 0 for never.
    `headers`: sent with each request.
    `http_client`: your own client of httpx, for proxies or certificates. You close it.
    `log`: is given an entry for each answer, failure and repeat. Default: the logger `video_scraper`, for debugging.

    It connects to nothing until it is asked. Raises a `UsageError` for options that cannot work.
    """

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = 30.0,
        idle_timeout: float = 45.0,
        retries: int = 4,
        headers: Mapping[str, str] | None = None,
        http_client: httpx.AsyncClient | None = None,
        log: Callable[[LogEntry], None] | None = None,
    ) -> None:
        configuration = configuration_of(
            api_key=api_key,
            base_url=base_url,
            timeout=timeout,
            idle_timeout=idle_timeout,
            retries=retries,
            headers=headers,
            log=log,
        )
        super().__init__(configuration, AsyncTransport(configuration, http_client))

    async def aclose(self) -> None:
        """Closes all connections, but not those of your own client of httpx."""
        await self._transport.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
