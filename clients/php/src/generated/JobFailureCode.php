<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum JobFailureCode: string
{
    case UnsupportedUrl = 'unsupported_url';
    case VideoUnavailable = 'video_unavailable';
    case FormatUnavailable = 'format_unavailable';
    case OptionUnavailable = 'option_unavailable';
    case RateLimited = 'rate_limited';
    case Forbidden = 'forbidden';
    case BotCheck = 'bot_check';
    case ImpersonationMissing = 'impersonation_missing';
    case NoCaptions = 'no_captions';
    case LoginRequired = 'login_required';
    case CookiesExpired = 'cookies_expired';
    case AgeRestricted = 'age_restricted';
    case PrivateVideo = 'private_video';
    case GeoRestricted = 'geo_restricted';
    case DrmProtected = 'drm_protected';
    case SabrOnly = 'sabr_only';
    case LiveNotSupported = 'live_not_supported';
    case LiveNotStarted = 'live_not_started';
    case BlockedTarget = 'blocked_target';
    case ExitUnavailable = 'exit_unavailable';
    case FileTooLarge = 'file_too_large';
    case DiskFull = 'disk_full';
    case QuotaExceeded = 'quota_exceeded';
    case NetworkError = 'network_error';
    case BadCertificate = 'bad_certificate';
    case Timeout = 'timeout';
    case Stalled = 'stalled';
    case CpuLimitExceeded = 'cpu_limit_exceeded';
    case MemoryLimitExceeded = 'memory_limit_exceeded';
    case TranscodeLimit = 'transcode_limit';
    case ExtractorBroken = 'extractor_broken';
    case PostprocessingFailed = 'postprocessing_failed';
    case InvalidMedia = 'invalid_media';
    case DeliveryBlocked = 'delivery_blocked';
    case DeliveryRefused = 'delivery_refused';
    case DeliveryFailed = 'delivery_failed';
    case JobExpired = 'job_expired';
    case WorkerCrashed = 'worker_crashed';
    case InternalError = 'internal_error';
}
