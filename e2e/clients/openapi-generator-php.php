<?php
// Info, download and file with the PHP client of openapi-generator, over Guzzle.
declare(strict_types=1);

[, $origin, $url, $guzzle] = $argv;
require $guzzle;
spl_autoload_register(function (string $class): void {
    $file = __DIR__ . '/generated/lib/' . strtr(substr($class, strlen('OpenAPI\\Client\\')), '\\', '/') . '.php';
    if (str_starts_with($class, 'OpenAPI\\Client\\') && is_file($file)) {
        require $file;
    }
});

// Every file of the client is one that PHP can load.
$files = new RecursiveIteratorIterator(new RecursiveDirectoryIterator(__DIR__ . '/generated/lib'));
foreach ($files as $file) {
    if ($file->getExtension() === 'php') {
        require_once $file->getPathname();
    }
}

$configuration = (new OpenAPI\Client\Configuration())->setHost($origin);
$client = new GuzzleHttp\Client();
$info = new OpenAPI\Client\Api\InfoApi($client, $configuration);
$downloads = new OpenAPI\Client\Api\DownloadsApi($client, $configuration);

$accepted = $info->createInfoJob(new OpenAPI\Client\Model\InfoRequest(['url' => $url]));
do {
    usleep(200_000);
    $job = $info->getInfoJob($accepted->getJobId());
} while ($job->getStatus() === 'processing');
if ($job->getStatus() !== 'completed' || $job->getKind() !== 'info') {
    throw new RuntimeException((string) $job);
}

$started = $downloads->createDownload(new OpenAPI\Client\Model\DownloadRequest(['url' => $url]));
do {
    usleep(200_000);
    $download = $downloads->getDownload($started->getDownloadId());
} while ($download->getStatus() === 'in_progress');
if ($download->getStatus() !== 'completed') {
    throw new RuntimeException((string) $download);
}

// The operations on webhooks are all there: call-backs with the same tag once hid ten of them.
$webhooks = get_class_methods(OpenAPI\Client\Api\WebhooksApi::class);
foreach (['registerWebhook', 'listWebhooks', 'deleteWebhook', 'replayDeliveries', 'rotateWebhookSecret'] as $method) {
    if (!in_array($method, $webhooks, true)) {
        throw new RuntimeException("WebhooksApi lacks $method.");
    }
}

$file = $downloads->fetchFile($download->getFilename());
$content = file_get_contents($file->getPathname());
echo json_encode([
    'title' => $job->getVideoInfo()->getTitle(),
    'bytes' => strlen($content),
    'sha256' => hash('sha256', $content),
]), "\n";
