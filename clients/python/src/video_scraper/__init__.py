"""
Client of the Video Scraper API: video information and downloads, with waits, resumed streams and safe retries.

`VideoScraper` blocks, `AsyncVideoScraper` does not; they have the same methods. What the service answers is in
`video_scraper.schemas`, what is sent in `video_scraper.bodies`, the table of operations in `video_scraper.operations`.
"""

from . import bodies, operations, schemas
from ._async.client import AsyncVideoScraper
from ._sync.client import VideoScraper
from .answer import Answer
from .configuration import LogEntry
from .errors import (
    AuthenticationError,
    ConflictError,
    ConnectionError,
    DeadlineError,
    IntegrityError,
    InvalidRequestError,
    JobCancelledError,
    JobFailedError,
    NotFoundError,
    PermissionError,
    RateLimitError,
    ServiceError,
    TimeoutError,
    UsageError,
    VideoScraperError,
    WebhookVerificationError,
)
from .job_event import JobEvent
from .model import Model
from .operation import Operation
from .options import (
    CallOptions,
    DownloadOptions,
    DownloadWaitOptions,
    InfoOptions,
    InfoWaitOptions,
    PlaylistOptions,
    StartOptions,
)
from .page import Page
from .savable import Savable, SaveProgress
from .version import VERSION as __version__
from .webhooks import OtherWebhookEvent, ReceivedWebhookEvent, verify_webhook

__all__ = [
    "Answer",
    "AsyncVideoScraper",
    "AuthenticationError",
    "CallOptions",
    "ConflictError",
    "ConnectionError",
    "DeadlineError",
    "DownloadOptions",
    "DownloadWaitOptions",
    "InfoOptions",
    "InfoWaitOptions",
    "IntegrityError",
    "InvalidRequestError",
    "JobCancelledError",
    "JobEvent",
    "JobFailedError",
    "LogEntry",
    "Model",
    "NotFoundError",
    "Operation",
    "OtherWebhookEvent",
    "Page",
    "PermissionError",
    "PlaylistOptions",
    "RateLimitError",
    "ReceivedWebhookEvent",
    "Savable",
    "SaveProgress",
    "ServiceError",
    "StartOptions",
    "TimeoutError",
    "UsageError",
    "VideoScraper",
    "VideoScraperError",
    "WebhookVerificationError",
    "__version__",
    "bodies",
    "operations",
    "schemas",
    "verify_webhook",
]
