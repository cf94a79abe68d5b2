<?php

/** `php print-a-transcript.php ADDRESS [LANGUAGE]`: prints what is said in a video, as SubRip subtitles. */

declare(strict_types=1);

use VideoScraper\Api\TranscriptFields;
use VideoScraper\Api\TranscriptForm;
use VideoScraper\Client;
use VideoScraper\Error\JobFailedError;
use VideoScraper\WaitOptions;

require 'vendor/autoload.php';

[, $address, $language] = $argv + [2 => null];

$client = new Client();
try {
    $fields = new TranscriptFields(language: $language);
    $transcript = $client->transcript($address, $fields, new WaitOptions(deadline: 300, cancelOnStop: true));
    fwrite(STDERR, "Captions in {$transcript->language}\n");
    echo $client->getTranscriptText($transcript->jobId, TranscriptForm::Srt), "\n";
} catch (JobFailedError $error) {
    // `no_captions`: the video has none in this language.
    fwrite(STDERR, "{$error->code} {$error->getMessage()}\n");
    exit(1);
}
