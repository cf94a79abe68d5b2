<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

use VideoScraper\Model;
use VideoScraper\Reading;

/** What was asked for. Absent where it was only the best. */
final readonly class DownloadOptions extends Model
{
    /** What every answer of this kind has, in the words of the API. */
    public const REQUIRED = [];

    /** A `format_id` that POST /info lists for the video, or two joined by `+` (video and audio). Absent or null: the best video and audio, mp4 preferred. */
    public ?string $formatId;
    /** How large the file may be, in bytes. The best formats that fit are taken. Where nothing fits, the download fails with `file_too_large`. */
    public ?int $maxFilesize;
    /** The language that shall be heard, as a language tag (BCP 47) such as `de` or `pt-BR`. `pt` takes any Portuguese. Where the source does not have it, or does not say its languages, the warning `audio_language_unavailable` says so. Absent: the original language. */
    public ?string $audioLanguage;
    public Compatibility|string|null $compatibility;
    /** true, beside `compatibility`: where the source does not have the video as H.264 with AAC in mp4, what is missing is encoded again, and the rest is copied. The warnings `video_transcoded` and `audio_transcoded` say what was. Only one video is encoded at a time, and only some such downloads run at once, so the job may wait (`waiting_for`: `transcode_turn`). Where encoding takes more than the service allows, the file stays as the source has it, and the warning `transcode_limit` says so; with `strict` the download fails with that code. Clips and chapters are cut from what the source has. Absent: false, nothing is encoded again. */
    public ?bool $transcode;
    public VideoCodec|string|null $videoCodec;
    public Container|string|null $container;
    public Quality|string|null $quality;
    public DownloadMedia|string|null $media;
    public AudioFormat|string|null $audioFormat;
    /** Kilobits per second where the sound is encoded again for its `audio_format` (`mp3`, `m4a`, `opus`). Absent: what the encoder takes by itself. */
    public ?int $audioBitrate;
    /** true: where one of the other options cannot be had, the download fails with `option_unavailable` instead of taking the next best. Absent: false. */
    public ?bool $strict;
    public ?SubtitleOptions $subtitles;
    /** true: the largest picture that the source has of the video, as a file with the role `thumbnail` (JPEG, PNG or WebP). Where there is none, the warning `thumbnail_missing` says so. Absent: false. */
    public ?bool $thumbnail;
    /** @var list<EmbeddedPart|string>|null What is put into the media file, which keeps picture and sound as they are. `metadata`: title, artist, album and date as tags; sound alone always has them. `chapters`: the chapters that the source names. `thumbnail`: the picture of the video as the cover. What does not fit into the file is left out, and the warning `embedding_incomplete` says so. Absent: nothing. */
    public ?array $embed;
    /** @var list<Clip>|null Parts of the video, each as a file with the role `clip` beside the whole, in this order; `part` says which one. Where one lies behind the end of the video, the warning `clips_missing` says so. */
    public ?array $clips;
    /** true: each chapter of the video as a file with the role `chapter` beside the whole; `part` has its title and times. At most 100, not encoded again, so each begins with the last key picture before its time. Where there are none, the warning `chapters_missing` says so. Absent: false. */
    public ?bool $chapters;
    /** The name of a cookie set of yours (`PUT /cookies/{name}`), whose cookies are sent to the site of the address. The set must hold cookies of that site. What is found out with cookies, and the files, answer no other request. */
    public ?string $cookies;
    /** The country that the source is asked from, as two capital letters (ISO 3166-1), such as `DE`. The service must have an exit there; otherwise the request is refused with `unknown_country`. Absent: the service chooses. */
    public ?string $country;
    /** How old an answer that is cached may be, in seconds: what was found out about this address, or a file of an earlier download. 0 asks the source again, as `fresh` does. Absent: as old as this service keeps it. */
    public ?int $maxAge;
    /** For how many seconds after its request the job is of use. One that has not ended by then fails with `job_expired`, whether it runs or waits, and nothing of it is left; one whose file is being published is completed. Of a playlist: the jobs that it has made are cancelled with it. Absent: the job has all the time that it needs. */
    public ?int $expiresIn;
    /** For how many seconds the files are kept after they were made; at most as long as this service keeps files, which is also what absent means. A file of an earlier download answers only where it was asked for with the same. */
    public ?int $retentionSeconds;
    /** Whether the job waits where the stream has not started and the source says when it will: its status then has `last_error` with `starts_at`, and `next_attempt_at`. It counts as a waiting job, uses up no attempt, and can be cancelled. A start that this service does not wait for so long, a stream that is put off again and again, and one whose start nobody knows fail with `live_not_started`. Absent: the job fails so at once. */
    public ?bool $waitForStart;
    public ?DestinationOrigin $destination;

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
        $this->formatId = Reading::text($raw, 'format_id');
        $this->maxFilesize = Reading::integer($raw, 'max_filesize');
        $this->audioLanguage = Reading::text($raw, 'audio_language');
        $this->compatibility = Reading::word($raw, 'compatibility', Compatibility::class);
        $this->transcode = Reading::flag($raw, 'transcode');
        $this->videoCodec = Reading::word($raw, 'video_codec', VideoCodec::class);
        $this->container = Reading::word($raw, 'container', Container::class);
        $this->quality = Reading::word($raw, 'quality', Quality::class);
        $this->media = Reading::word($raw, 'media', DownloadMedia::class);
        $this->audioFormat = Reading::word($raw, 'audio_format', AudioFormat::class);
        $this->audioBitrate = Reading::integer($raw, 'audio_bitrate');
        $this->strict = Reading::flag($raw, 'strict');
        $this->subtitles = Reading::object($raw, 'subtitles', SubtitleOptions::from(...));
        $this->thumbnail = Reading::flag($raw, 'thumbnail');
        $this->embed = Reading::words($raw, 'embed', EmbeddedPart::class);
        $this->clips = Reading::objects($raw, 'clips', Clip::from(...));
        $this->chapters = Reading::flag($raw, 'chapters');
        $this->cookies = Reading::text($raw, 'cookies');
        $this->country = Reading::text($raw, 'country');
        $this->maxAge = Reading::integer($raw, 'max_age');
        $this->expiresIn = Reading::integer($raw, 'expires_in');
        $this->retentionSeconds = Reading::integer($raw, 'retention_seconds');
        $this->waitForStart = Reading::flag($raw, 'wait_for_start');
        $this->destination = Reading::object($raw, 'destination', DestinationOrigin::from(...));
    }
}
