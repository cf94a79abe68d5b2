<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** How the picture shall be encoded, before its size counts. Nothing is encoded again: where the source does not have it, the warning `video_codec_unavailable` says so. Absent: at the same size and frame rate the one that most players know: H.264, then VP9, H.265, AV1. */
enum VideoCodec: string
{
    case H264 = 'h264';
    case Vp9 = 'vp9';
    case H265 = 'h265';
    case Av1 = 'av1';
}
