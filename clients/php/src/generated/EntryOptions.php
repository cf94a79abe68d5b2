<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Absent;
use VideoScraper\Fields;

/** Options of the job that is made of each entry, the same for all: those of its kind, as in a request for it alone. `cookies`, `country`, `max_age` and `retention_seconds` stand beside them. `expires_in` here is for each entry, from the making of its job on; beside them it is for the whole list. A field that is not given is not sent. */
final readonly class EntryOptions extends Fields
{
    /**
     * @param bool|null $mediaUrls true: each format says the address of its media (`url`) and the headers that it must be asked with (`http_headers`). They were made for the network address of this service: many sites refuse them to others, and they expire. Absent: false.
     * @param EntriesOption|null $entries
     * @param int|null $expiresIn For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs.
     * @param bool|null $waitForStart Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once.
     * @param string|null $language The language of the captions, as the source names it: `en`, `pt-BR`. `en` also takes `en-GB` where there is no `en`. Absent: the language of the video where the source says it, else English, else the first that there is.
     * @param CaptionSource|string|null $source
     * @param string|null|Absent $formatId A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred.
     * @param int|null $maxFilesize How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`.
     * @param string|null $audioLanguage The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language.
     * @param Compatibility|string|null $compatibility
     * @param bool|null $transcode true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again.
     * @param VideoCodec|string|null $videoCodec
     * @param Container|string|null $container
     * @param Quality|string|null $quality
     * @param DownloadMedia|string|null $media
     * @param AudioFormat|string|null $audioFormat
     * @param int|null $audioBitrate Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself.
     * @param bool|null $strict true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false.
     * @param SubtitleOptions|null $subtitles
     * @param bool|null $thumbnail true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false.
     * @param list<EmbeddedPart|string>|null $embed What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing.
     * @param list<Clip>|null $clips Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so.
     * @param bool|null $chapters true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false.
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
        public ?bool $mediaUrls = null,
        public ?EntriesOption $entries = null,
        public ?int $expiresIn = null,
        public ?bool $waitForStart = null,
        public ?string $language = null,
        public CaptionSource|string|null $source = null,
        public string|Absent|null $formatId = Absent::Field,
        public ?int $maxFilesize = null,
        public ?string $audioLanguage = null,
        public Compatibility|string|null $compatibility = null,
        public ?bool $transcode = null,
        public VideoCodec|string|null $videoCodec = null,
        public Container|string|null $container = null,
        public Quality|string|null $quality = null,
        public DownloadMedia|string|null $media = null,
        public AudioFormat|string|null $audioFormat = null,
        public ?int $audioBitrate = null,
        public ?bool $strict = null,
        public ?SubtitleOptions $subtitles = null,
        public ?bool $thumbnail = null,
        public ?array $embed = null,
        public ?array $clips = null,
        public ?bool $chapters = null,
        public array $more = [],
    ) {
    }

    public function toArray(): array
    {
        return self::given([
            'media_urls' => $this->mediaUrls ?? Absent::Field,
            'entries' => $this->entries ?? Absent::Field,
            'expires_in' => $this->expiresIn ?? Absent::Field,
            'wait_for_start' => $this->waitForStart ?? Absent::Field,
            'language' => $this->language ?? Absent::Field,
            'source' => $this->source ?? Absent::Field,
            'format_id' => $this->formatId,
            'max_filesize' => $this->maxFilesize ?? Absent::Field,
            'audio_language' => $this->audioLanguage ?? Absent::Field,
            'compatibility' => $this->compatibility ?? Absent::Field,
            'transcode' => $this->transcode ?? Absent::Field,
            'video_codec' => $this->videoCodec ?? Absent::Field,
            'container' => $this->container ?? Absent::Field,
            'quality' => $this->quality ?? Absent::Field,
            'media' => $this->media ?? Absent::Field,
            'audio_format' => $this->audioFormat ?? Absent::Field,
            'audio_bitrate' => $this->audioBitrate ?? Absent::Field,
            'strict' => $this->strict ?? Absent::Field,
            'subtitles' => $this->subtitles ?? Absent::Field,
            'thumbnail' => $this->thumbnail ?? Absent::Field,
            'embed' => $this->embed ?? Absent::Field,
            'clips' => $this->clips ?? Absent::Field,
            'chapters' => $this->chapters ?? Absent::Field,
        ]) + $this->more;
    }
}
