<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** One format of a video. */
final readonly class VideoFormat extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['format_id', 'format_note', 'ext', 'filesize', 'filesize_approx', 'protocol', 'vcodec', 'acodec', 'width', 'height', 'fps', 'tbr', 'language', 'dynamic_range', 'audio_channels'];

    public string $formatId;
    public ?string $formatNote;
    public ?string $ext;
    public ?int $filesize;
    public ?int $filesizeApprox;
    public ?string $protocol;
    public ?string $vcodec;
    public ?string $acodec;
    public ?int $width;
    public ?int $height;
    public ?float $fps;
    public ?float $tbr;
    public ?string $language;
    /** `SDR`, `HDR10`, `HDR10+`, `HLG`, `DV`. */
    public ?string $dynamicRange;
    public ?int $audioChannels;
    /** With `media_urls`: where the media, or its manifest, lies. */
    public ?string $url;
    /** @var array<string, string>|null With `media_urls`: the headers that it must be asked with. Cookies and credentials are never among them. */
    public ?array $httpHeaders;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($formatId = Reading::text($raw, 'format_id')) !== null) {
            $this->formatId = $formatId;
        }
        $this->formatNote = Reading::text($raw, 'format_note');
        $this->ext = Reading::text($raw, 'ext');
        $this->filesize = Reading::integer($raw, 'filesize');
        $this->filesizeApprox = Reading::integer($raw, 'filesize_approx');
        $this->protocol = Reading::text($raw, 'protocol');
        $this->vcodec = Reading::text($raw, 'vcodec');
        $this->acodec = Reading::text($raw, 'acodec');
        $this->width = Reading::integer($raw, 'width');
        $this->height = Reading::integer($raw, 'height');
        $this->fps = Reading::number($raw, 'fps');
        $this->tbr = Reading::number($raw, 'tbr');
        $this->language = Reading::text($raw, 'language');
        $this->dynamicRange = Reading::text($raw, 'dynamic_range');
        $this->audioChannels = Reading::integer($raw, 'audio_channels');
        $this->url = Reading::text($raw, 'url');
        $this->httpHeaders = Reading::map($raw, 'http_headers');
    }
}
