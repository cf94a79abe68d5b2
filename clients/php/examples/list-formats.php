<?php

/** `php list-formats.php ADDRESS`: says in which formats a video can be had. */

declare(strict_types=1);

use VideoScraper\Client;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\WaitOptions;

require 'vendor/autoload.php';

try {
    $info = (new Client())->info($argv[1], options: new WaitOptions(deadline: 60));
    echo $info->videoInfo->title, "\n";
    foreach ($info->videoInfo->formats as $format) {
        echo "{$format->formatId} {$format->ext} {$format->width} {$format->height}\n";
    }
} catch (VideoScraperError $error) {
    fwrite(STDERR, "{$error->getMessage()}\n");
    exit(1);
}
