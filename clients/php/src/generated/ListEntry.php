<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** An entry of a list, as the list says it. It may be private, gone, or a list itself. */
final readonly class ListEntry extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['index', 'id', 'title', 'url', 'duration', 'uploader', 'live_status'];

    /** Its place in the list, counted from 1. Numbers of entries that the source does not show are left out. */
    public int $index;
    public ?string $id;
    public ?string $title;
    /** To ask for it alone; null where the list has no address for it. */
    public ?string $url;
    /** Seconds. */
    public ?float $duration;
    public ?string $uploader;
    public ?string $liveStatus;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($index = Reading::integer($raw, 'index')) !== null) {
            $this->index = $index;
        }
        $this->id = Reading::text($raw, 'id');
        $this->title = Reading::text($raw, 'title');
        $this->url = Reading::text($raw, 'url');
        $this->duration = Reading::number($raw, 'duration');
        $this->uploader = Reading::text($raw, 'uploader');
        $this->liveStatus = Reading::text($raw, 'live_status');
    }
}
