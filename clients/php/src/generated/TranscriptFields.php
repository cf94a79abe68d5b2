<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** What is asked for, besides the address. A field that is not given is not sent. */
final readonly class TranscriptFields extends Fields
{
    /**
     * @param string|null $language The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is.
     * @param CaptionSource|string|null $source
     * @param string|null $cookies The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request.
     * @param int|null $maxAge How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it.
     * @param int|null $expiresIn For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs.
     * @param int|null $retentionSeconds For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same.
     * @param bool|null $fresh true: ask the source again, whatever is known about this address or lies in the library already. Absent: false.
     * @param string|null|Absent $callbackUrl Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer.
     * @param array<string, string>|null $metadata Your own texts about the job, by names of your own. At most 16; a name has 1 to 40 letters, digits, `_`, `.` or `-`, a value at most 500 characters, all together 2048 bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ?string $language = null,
        public CaptionSource|string|null $source = null,
        public ?string $cookies = null,
        public ?int $maxAge = null,
        public ?int $expiresIn = null,
        public ?int $retentionSeconds = null,
        public ?bool $fresh = null,
        public string|Absent|null $callbackUrl = Absent::Field,
        public ?array $metadata = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'language' => $this->language ?? Absent::Field,
            'source' => $this->source ?? Absent::Field,
            'cookies' => $this->cookies ?? Absent::Field,
            'max_age' => $this->maxAge ?? Absent::Field,
            'expires_in' => $this->expiresIn ?? Absent::Field,
            'retention_seconds' => $this->retentionSeconds ?? Absent::Field,
            'fresh' => $this->fresh ?? Absent::Field,
            'callback_url' => $this->callbackUrl,
            'metadata' => self::map($this->metadata),
        ]) + $this->more;
    }
}
