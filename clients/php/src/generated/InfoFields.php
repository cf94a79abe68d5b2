<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** What is asked for, besides the address. A field that is not given is not sent. */
final readonly class InfoFields extends Fields
{
    /**
     * @param int|null $maxAge How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it.
     * @param bool|null $mediaUrls true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false.
     * @param EntriesOption|null $entries
     * @param string|null $cookies The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request.
     * @param string|null $country The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses.
     * @param int|null $expiresIn For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs.
     * @param bool|null $waitForStart Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once.
     * @param bool|null $fresh true: ask the source again, whatever is known about this address or lies in the library already. Absent: false.
     * @param string|null|Absent $callbackUrl Is notified of the end of this job, as a registered webhook would be, signed with the `callback_secret` of the answer.
     * @param array<string, string>|null $metadata Your own texts about the job, by names of your own. At most 16; a name has 1 to 40 letters, digits, `_`, `.` or `-`, a value at most 500 characters, all together 2048 bytes. They come back in the status, the list of jobs and webhooks, and the list can be narrowed down to them.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ?int $maxAge = null,
        public ?bool $mediaUrls = null,
        public ?EntriesOption $entries = null,
        public ?string $cookies = null,
        public ?string $country = null,
        public ?int $expiresIn = null,
        public ?bool $waitForStart = null,
        public ?bool $fresh = null,
        public string|Absent|null $callbackUrl = Absent::Field,
        public ?array $metadata = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'max_age' => $this->maxAge ?? Absent::Field,
            'media_urls' => $this->mediaUrls ?? Absent::Field,
            'entries' => $this->entries ?? Absent::Field,
            'cookies' => $this->cookies ?? Absent::Field,
            'country' => $this->country ?? Absent::Field,
            'expires_in' => $this->expiresIn ?? Absent::Field,
            'wait_for_start' => $this->waitForStart ?? Absent::Field,
            'fresh' => $this->fresh ?? Absent::Field,
            'callback_url' => $this->callbackUrl,
            'metadata' => self::map($this->metadata),
        ]) + $this->more;
    }
}
