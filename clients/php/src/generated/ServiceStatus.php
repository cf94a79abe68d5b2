<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

final readonly class ServiceStatus extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['service', 'version', 'status', 'queue', 'workers'];

    public string $service;
    public string $version;
    public ServiceCondition|string $status;
    public ServiceStatusQueue|string $queue;
    public ServiceStatusWorkers|string $workers;
    public ?EngineStatus $engine;
    /** @var list<RestingSite>|null Known sites that are left alone for a while. Absent where there is none. */
    public ?array $restingSites;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($service = Reading::text($raw, 'service')) !== null) {
            $this->service = $service;
        }
        if (($version = Reading::text($raw, 'version')) !== null) {
            $this->version = $version;
        }
        if (($status = Reading::word($raw, 'status', ServiceCondition::class)) !== null) {
            $this->status = $status;
        }
        if (($queue = Reading::word($raw, 'queue', ServiceStatusQueue::class)) !== null) {
            $this->queue = $queue;
        }
        if (($workers = Reading::word($raw, 'workers', ServiceStatusWorkers::class)) !== null) {
            $this->workers = $workers;
        }
        $this->engine = Reading::object($raw, 'engine', EngineStatus::from(...));
        $this->restingSites = Reading::objects($raw, 'resting_sites', RestingSite::from(...));
    }
}
