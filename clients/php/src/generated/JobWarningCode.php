<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

enum JobWarningCode: string
{
    case FormatsMissing = 'formats_missing';
    case FormatsSkipped = 'formats_skipped';
    case MetadataIncomplete = 'metadata_incomplete';
    case SubtitlesMissing = 'subtitles_missing';
    case SubtitlesNotEmbedded = 'subtitles_not_embedded';
    case ThumbnailMissing = 'thumbnail_missing';
    case ChaptersMissing = 'chapters_missing';
    case ClipsMissing = 'clips_missing';
    case EmbeddingIncomplete = 'embedding_incomplete';
    case GenericExtraction = 'generic_extraction';
    case JavascriptMissing = 'javascript_missing';
    case ImpersonationMissing = 'impersonation_missing';
    case TargetBlocked = 'target_blocked';
    case MoreVideos = 'more_videos';
    case EntriesSkipped = 'entries_skipped';
    case SegmentsMissing = 'segments_missing';
    case LengthDiffers = 'length_differs';
    case ResultShortened = 'result_shortened';
    case ContainerChanged = 'container_changed';
    case StreamMissing = 'stream_missing';
    case QualityUnavailable = 'quality_unavailable';
    case VideoCodecUnavailable = 'video_codec_unavailable';
    case AudioLanguageUnavailable = 'audio_language_unavailable';
    case ContainerUnavailable = 'container_unavailable';
    case CompatibilityUnavailable = 'compatibility_unavailable';
    case VideoTranscoded = 'video_transcoded';
    case AudioTranscoded = 'audio_transcoded';
    case TranscodeLimit = 'transcode_limit';
    case TranscodeFailed = 'transcode_failed';
    case StreamsLeftOut = 'streams_left_out';
    case CookiesExpired = 'cookies_expired';
    case PoTokenMissing = 'po_token_missing';
    case PoTokenFailed = 'po_token_failed';
    case SiteBroken = 'site_broken';
    case Unspecified = 'unspecified';
}
