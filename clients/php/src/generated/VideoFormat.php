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
    public const REQUIRED = ['format_id', 'format_note', 'ext', 'filesize', 'filesize_approx', 'protocol', 'vcodec', 'acodec', 'width', 'height', 'fps', 'tbr', 'language'];

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
    }
}
