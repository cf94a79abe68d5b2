<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** The version that gets a share of the jobs. Absent: there is none. */
final readonly class EngineUpdatesTrial extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = ['version', 'since', 'jobs', 'sites', 'broken', 'broken_before'];

    public string $version;
    /** When the trial began. RFC 3339, UTC. */
    public string $since;
    /** How many jobs it was given so far by the worker that tells this. */
    public int $jobs;
    /** Of how many sites. */
    public int $sites;
    /** How many of them broke. */
    public int $broken;
    /** How many of those broke with the version before as well. */
    public int $brokenBefore;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        if (($version = Reading::text($raw, 'version')) !== null) {
            $this->version = $version;
        }
        if (($since = Reading::text($raw, 'since')) !== null) {
            $this->since = $since;
        }
        if (($jobs = Reading::integer($raw, 'jobs')) !== null) {
            $this->jobs = $jobs;
        }
        if (($sites = Reading::integer($raw, 'sites')) !== null) {
            $this->sites = $sites;
        }
        if (($broken = Reading::integer($raw, 'broken')) !== null) {
            $this->broken = $broken;
        }
        if (($brokenBefore = Reading::integer($raw, 'broken_before')) !== null) {
            $this->brokenBefore = $brokenBefore;
        }
    }
}
