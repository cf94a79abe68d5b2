<?php

/** `php save-a-playlist.php ADDRESS FOLDER/ [ITEMS]`: downloads the entries of a list, and saves each file as soon as it is there. */

declare(strict_types=1);

use VideoScraper\Api\DownloadCompleted;
use VideoScraper\Api\PlaylistEntry;
use VideoScraper\Api\PlaylistFields;
use VideoScraper\Client;
use VideoScraper\WaitOptions;

require 'vendor/autoload.php';

[, $address, $folder, $items] = $argv + [3 => null];

$client = new Client();
$save = function (PlaylistEntry $entry) use ($client, $folder): void {
    $download = $entry->jobId === null ? null : $client->getDownload($entry->jobId);
    if ($download instanceof DownloadCompleted) {
        echo $entry->position, ' ', implode(' ', $client->save($download, $folder)), "\n";
    } else {
        // What has failed or was left out has no file; the code says why.
        echo "{$entry->position} {$entry->raw['state']} ", $entry->raw['code'] ?? $entry->raw['skip_code'] ?? '', "\n";
    }
};
$options = new WaitOptions(deadline: 3600, cancelOnStop: true, onEntry: $save);
$summary = $client->playlist($address, new PlaylistFields(items: $items), $options)->summary;
echo "{$summary->completed} of {$summary->total} completed\n";
