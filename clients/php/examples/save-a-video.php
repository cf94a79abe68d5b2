<?php

/** `php save-a-video.php ADDRESS FOLDER/`: gets a video, and tells how far it is. Ctrl-C cancels the job. */

declare(strict_types=1);

use VideoScraper\Api\Download;
use VideoScraper\Api\DownloadFields;
use VideoScraper\Api\DownloadInProgress;
use VideoScraper\Api\Quality;
use VideoScraper\Client;
use VideoScraper\Error\Aborted;
use VideoScraper\Error\JobFailedError;
use VideoScraper\WaitOptions;

require 'vendor/autoload.php';

[, $address, $folder] = $argv;
$isStopped = false;
if (function_exists('pcntl_async_signals')) {
    pcntl_async_signals(true);
    pcntl_signal(SIGINT, function () use (&$isStopped): void {
        $isStopped = true;
    });
}

$client = new Client();
try {
    $download = $client->download($address, new DownloadFields(quality: Quality::P1080), new WaitOptions(
        deadline: 600,
        cancelOnStop: true,
        stopWhen: function () use (&$isStopped): bool {
            return $isStopped;
        },
        onProgress: function (Download $job): void {
            if ($job instanceof DownloadInProgress) {
                fprintf(STDERR, "%d %%\n", round($job->progress * 100));
            }
        },
    ));
    echo implode("\n", $client->save($download, $folder)), "\n";
} catch (JobFailedError $error) {
    fwrite(STDERR, "{$error->getMessage()} {$error->nextStep}\n");
    exit(1);
} catch (Aborted) {
    exit(130);
}
