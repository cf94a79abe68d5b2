<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum DeliveredEvent: string
{
    case JobComplete = 'job_complete';
    case JobFailed = 'job_failed';
    case JobCancelled = 'job_cancelled';
    case DownloadComplete = 'download_complete';
    case DownloadFailed = 'download_failed';
    case DownloadCancelled = 'download_cancelled';
    case TranscriptComplete = 'transcript_complete';
    case TranscriptFailed = 'transcript_failed';
    case TranscriptCancelled = 'transcript_cancelled';
    case PlaylistComplete = 'playlist_complete';
    case PlaylistFailed = 'playlist_failed';
    case PlaylistCancelled = 'playlist_cancelled';
    case Test = 'test';
}
