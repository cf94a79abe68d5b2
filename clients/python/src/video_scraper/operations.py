# Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.
"""Every operation of the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Union

from .operation import Operation
from .schemas import (
    ApiKey,
    CancelReply,
    CancelledJobs,
    CookieSetList,
    CookieSetReply,
    DeletedJobs,
    DeliveriesAccepted,
    DeliveryAccepted,
    DeliveryList,
    Download,
    DownloadAcceptance,
    DownloadEntry,
    EventLink,
    FileLink,
    HealthReply,
    InfoAcceptance,
    InfoJob,
    IssuedKey,
    Job,
    JobList,
    KeyList,
    Platform,
    PlaylistAcceptance,
    PlaylistEntries,
    PlaylistJob,
    RegisteredWebhookReply,
    RetryAcceptance,
    RotatedSecretReply,
    ServiceStatus,
    TranscriptAcceptance,
    TranscriptJob,
    WebhookList,
    WebhookReply,
)


GET_STATUS: Final[Operation[ServiceStatus]] = Operation("getStatus", "GET", "/api/status", False, ServiceStatus)
"""Service status"""
LIST_PLATFORMS: Final[Operation[Sequence[Platform]]] = Operation("listPlatforms", "GET", "/api/video-scraper/platforms", False, Sequence[Platform])
"""Supported platforms"""
GET_LIVENESS: Final[Operation[HealthReply]] = Operation("getLiveness", "GET", "/health/live", False, HealthReply)
"""Is the process alive"""
GET_READINESS: Final[Operation[HealthReply]] = Operation("getReadiness", "GET", "/health/ready", False, HealthReply)
"""Can the gateway accept jobs"""
CREATE_INFO_JOB: Final[Operation[Union[InfoJob, InfoAcceptance]]] = Operation("createInfoJob", "POST", "/api/video-scraper/info", True, Union[InfoJob, InfoAcceptance])
"""Extract video information"""
CREATE_DOWNLOAD: Final[Operation[Union[Download, DownloadAcceptance]]] = Operation("createDownload", "POST", "/api/video-scraper/download", True, Union[Download, DownloadAcceptance])
"""Download a video"""
CREATE_TRANSCRIPT: Final[Operation[Union[TranscriptJob, TranscriptAcceptance]]] = Operation("createTranscript", "POST", "/api/video-scraper/transcript", True, Union[TranscriptJob, TranscriptAcceptance])
"""Get a transcript"""
CREATE_PLAYLIST: Final[Operation[Union[PlaylistJob, PlaylistAcceptance]]] = Operation("createPlaylist", "POST", "/api/video-scraper/playlist", True, Union[PlaylistJob, PlaylistAcceptance])
"""Make a job of each entry of a list"""
GET_INFO_JOB: Final[Operation[Job]] = Operation("getInfoJob", "GET", "/api/video-scraper/job/{job_id}", False, Job)
"""Check job status"""
DELETE_JOB: Final[Operation[None]] = Operation("deleteJob", "DELETE", "/api/video-scraper/job/{job_id}", False, None)
"""Remove job"""
CANCEL_JOB: Final[Operation[CancelReply]] = Operation("cancelJob", "POST", "/api/video-scraper/job/{job_id}/cancel", False, CancelReply)
"""Cancel job"""
RETRY_JOB: Final[Operation[RetryAcceptance]] = Operation("retryJob", "POST", "/api/video-scraper/job/{job_id}/retry", False, RetryAcceptance)
"""Retry job"""
GET_DOWNLOAD: Final[Operation[Download]] = Operation("getDownload", "GET", "/api/video-scraper/status/{download_id}", False, Download)
"""Check download status"""
FETCH_TRANSCRIPT: Final[Operation[None]] = Operation("fetchTranscript", "GET", "/api/video-scraper/job/{job_id}/transcript", False, None)
"""Fetch a transcript"""
LIST_JOBS: Final[Operation[JobList]] = Operation("listJobs", "GET", "/api/video-scraper/jobs", False, JobList)
"""List jobs"""
LIST_ENTRIES: Final[Operation[PlaylistEntries]] = Operation("listEntries", "GET", "/api/video-scraper/job/{job_id}/entries", False, PlaylistEntries)
"""List the entries of a playlist"""
CANCEL_JOBS: Final[Operation[CancelledJobs]] = Operation("cancelJobs", "POST", "/api/video-scraper/jobs/cancel", False, CancelledJobs)
"""Cancel several jobs"""
DELETE_JOBS: Final[Operation[DeletedJobs]] = Operation("deleteJobs", "POST", "/api/video-scraper/jobs/delete", False, DeletedJobs)
"""Remove several jobs"""
LIST_DOWNLOADS: Final[Operation[Sequence[DownloadEntry]]] = Operation("listDownloads", "GET", "/api/video-scraper/downloads", False, Sequence[DownloadEntry])
"""List downloads"""
FETCH_FILE: Final[Operation[None]] = Operation("fetchFile", "GET", "/api/video-scraper/download/{filename}", False, None)
"""Download file"""
DELETE_FILE: Final[Operation[None]] = Operation("deleteFile", "DELETE", "/api/video-scraper/download/{filename}", False, None)
"""Remove file"""
FETCH_ARCHIVE: Final[Operation[None]] = Operation("fetchArchive", "GET", "/api/video-scraper/status/{download_id}/files.zip", False, None)
"""Download all files"""
CREATE_FILE_LINK: Final[Operation[FileLink]] = Operation("createFileLink", "POST", "/api/video-scraper/download/{filename}/link", False, FileLink)
"""Link to a file"""
CREATE_ARCHIVE_LINK: Final[Operation[FileLink]] = Operation("createArchiveLink", "POST", "/api/video-scraper/status/{download_id}/files.zip/link", False, FileLink)
"""Link to all files"""
REGISTER_WEBHOOK: Final[Operation[RegisteredWebhookReply]] = Operation("registerWebhook", "POST", "/api/video-scraper/webhooks/register", False, RegisteredWebhookReply)
"""Register a webhook"""
LIST_WEBHOOKS: Final[Operation[WebhookList]] = Operation("listWebhooks", "GET", "/api/video-scraper/webhooks", False, WebhookList)
"""List webhooks"""
GET_WEBHOOK: Final[Operation[WebhookReply]] = Operation("getWebhook", "GET", "/api/video-scraper/webhooks/{webhook_id}", False, WebhookReply)
"""Get webhook"""
CHANGE_WEBHOOK: Final[Operation[WebhookReply]] = Operation("changeWebhook", "PATCH", "/api/video-scraper/webhooks/{webhook_id}", False, WebhookReply)
"""Change webhook"""
DELETE_WEBHOOK: Final[Operation[None]] = Operation("deleteWebhook", "DELETE", "/api/video-scraper/webhooks/{webhook_id}", False, None)
"""Delete webhook"""
TEST_WEBHOOK: Final[Operation[DeliveryAccepted]] = Operation("testWebhook", "POST", "/api/video-scraper/webhooks/{webhook_id}/test", False, DeliveryAccepted)
"""Send a test delivery"""
ROTATE_WEBHOOK_SECRET: Final[Operation[RotatedSecretReply]] = Operation("rotateWebhookSecret", "POST", "/api/video-scraper/webhooks/{webhook_id}/rotate-secret", False, RotatedSecretReply)
"""Replace the secret of a webhook"""
LIST_DELIVERIES: Final[Operation[DeliveryList]] = Operation("listDeliveries", "GET", "/api/video-scraper/webhooks/{webhook_id}/deliveries", False, DeliveryList)
"""List deliveries"""
REPLAY_DELIVERIES: Final[Operation[DeliveriesAccepted]] = Operation("replayDeliveries", "POST", "/api/video-scraper/webhooks/{webhook_id}/deliveries/replay", False, DeliveriesAccepted)
"""Send deliveries again"""
REPLAY_DELIVERY: Final[Operation[DeliveryAccepted]] = Operation("replayDelivery", "POST", "/api/video-scraper/webhooks/{webhook_id}/deliveries/{delivery_id}/replay", False, DeliveryAccepted)
"""Send a delivery again"""
STREAM_INFO_JOB: Final[Operation[None]] = Operation("streamInfoJob", "GET", "/api/video-scraper/job/{job_id}/events", False, None)
"""Follow a job"""
STREAM_DOWNLOAD: Final[Operation[None]] = Operation("streamDownload", "GET", "/api/video-scraper/status/{download_id}/events", False, None)
"""Follow a download"""
CREATE_EVENT_LINK: Final[Operation[EventLink]] = Operation("createEventLink", "POST", "/api/video-scraper/job/{job_id}/events/link", False, EventLink)
"""Link to the events of a job"""
STREAM_BY_LINK: Final[Operation[None]] = Operation("streamByLink", "GET", "/api/video-scraper/events/{job_id}", False, None)
"""Follow a job by a link"""
LIST_KEYS: Final[Operation[KeyList]] = Operation("listKeys", "GET", "/api/video-scraper/keys", False, KeyList)
"""List API keys"""
CREATE_KEY: Final[Operation[IssuedKey]] = Operation("createKey", "POST", "/api/video-scraper/keys", False, IssuedKey)
"""Create API key"""
GET_KEY: Final[Operation[ApiKey]] = Operation("getKey", "GET", "/api/video-scraper/keys/{key_id}", False, ApiKey)
"""Show API key"""
UPDATE_KEY: Final[Operation[ApiKey]] = Operation("updateKey", "PATCH", "/api/video-scraper/keys/{key_id}", False, ApiKey)
"""Change API key"""
REVOKE_KEY: Final[Operation[ApiKey]] = Operation("revokeKey", "DELETE", "/api/video-scraper/keys/{key_id}", False, ApiKey)
"""Revoke API key"""
ROTATE_KEY: Final[Operation[IssuedKey]] = Operation("rotateKey", "POST", "/api/video-scraper/keys/{key_id}/rotate", False, IssuedKey)
"""Rotate API key"""
GET_COOKIES: Final[Operation[CookieSetReply]] = Operation("getCookies", "GET", "/api/video-scraper/cookies/{name}", False, CookieSetReply)
"""Get cookie set"""
PUT_COOKIES: Final[Operation[CookieSetReply]] = Operation("putCookies", "PUT", "/api/video-scraper/cookies/{name}", False, CookieSetReply)
"""Store cookies"""
DELETE_COOKIES: Final[Operation[None]] = Operation("deleteCookies", "DELETE", "/api/video-scraper/cookies/{name}", False, None)
"""Delete cookie set"""
LIST_COOKIES: Final[Operation[CookieSetList]] = Operation("listCookies", "GET", "/api/video-scraper/cookies", False, CookieSetList)
"""List cookie sets"""

OPERATIONS: Final[Mapping[str, Operation[Any]]] = {
    each.id: each
    for each in (
        GET_STATUS,
        LIST_PLATFORMS,
        GET_LIVENESS,
        GET_READINESS,
        CREATE_INFO_JOB,
        CREATE_DOWNLOAD,
        CREATE_TRANSCRIPT,
        CREATE_PLAYLIST,
        GET_INFO_JOB,
        DELETE_JOB,
        CANCEL_JOB,
        RETRY_JOB,
        GET_DOWNLOAD,
        FETCH_TRANSCRIPT,
        LIST_JOBS,
        LIST_ENTRIES,
        CANCEL_JOBS,
        DELETE_JOBS,
        LIST_DOWNLOADS,
        FETCH_FILE,
        DELETE_FILE,
        FETCH_ARCHIVE,
        CREATE_FILE_LINK,
        CREATE_ARCHIVE_LINK,
        REGISTER_WEBHOOK,
        LIST_WEBHOOKS,
        GET_WEBHOOK,
        CHANGE_WEBHOOK,
        DELETE_WEBHOOK,
        TEST_WEBHOOK,
        ROTATE_WEBHOOK_SECRET,
        LIST_DELIVERIES,
        REPLAY_DELIVERIES,
        REPLAY_DELIVERY,
        STREAM_INFO_JOB,
        STREAM_DOWNLOAD,
        CREATE_EVENT_LINK,
        STREAM_BY_LINK,
        LIST_KEYS,
        CREATE_KEY,
        GET_KEY,
        UPDATE_KEY,
        REVOKE_KEY,
        ROTATE_KEY,
        GET_COOKIES,
        PUT_COOKIES,
        DELETE_COOKIES,
        LIST_COOKIES,
    )
}
"""By `operationId`."""
