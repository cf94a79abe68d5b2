<?php

// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.

declare(strict_types=1);

namespace VideoScraper\Api;

/** Every operation of the API, by its `operationId`. */
enum Operation: string
{
    /** Service status. */
    case GetStatus = 'getStatus';
    /** Supported platforms. */
    case ListPlatforms = 'listPlatforms';
    /** Is the process alive. */
    case GetLiveness = 'getLiveness';
    /** Can the gateway accept jobs. */
    case GetReadiness = 'getReadiness';
    /** Extract video information. */
    case CreateInfoJob = 'createInfoJob';
    /** Download a video. */
    case CreateDownload = 'createDownload';
    /** Get a transcript. */
    case CreateTranscript = 'createTranscript';
    /** Make a job of each entry of a list. */
    case CreatePlaylist = 'createPlaylist';
    /** Check job status. */
    case GetInfoJob = 'getInfoJob';
    /** Remove job. */
    case DeleteJob = 'deleteJob';
    /** Cancel job. */
    case CancelJob = 'cancelJob';
    /** Retry job. */
    case RetryJob = 'retryJob';
    /** Check download status. */
    case GetDownload = 'getDownload';
    /** Fetch a transcript. */
    case FetchTranscript = 'fetchTranscript';
    /** List jobs. */
    case ListJobs = 'listJobs';
    /** List the entries of a playlist. */
    case ListEntries = 'listEntries';
    /** Cancel several jobs. */
    case CancelJobs = 'cancelJobs';
    /** Remove several jobs. */
    case DeleteJobs = 'deleteJobs';
    /** List downloads. */
    case ListDownloads = 'listDownloads';
    /** Download file. */
    case FetchFile = 'fetchFile';
    /** Remove file. */
    case DeleteFile = 'deleteFile';
    /** Download all files. */
    case FetchArchive = 'fetchArchive';
    /** Link to a file. */
    case CreateFileLink = 'createFileLink';
    /** Link to all files. */
    case CreateArchiveLink = 'createArchiveLink';
    /** Register a webhook. */
    case RegisterWebhook = 'registerWebhook';
    /** List webhooks. */
    case ListWebhooks = 'listWebhooks';
    /** Get webhook. */
    case GetWebhook = 'getWebhook';
    /** Change webhook. */
    case ChangeWebhook = 'changeWebhook';
    /** Delete webhook. */
    case DeleteWebhook = 'deleteWebhook';
    /** Send a test delivery. */
    case TestWebhook = 'testWebhook';
    /** Replace the secret of a webhook. */
    case RotateWebhookSecret = 'rotateWebhookSecret';
    /** List deliveries. */
    case ListDeliveries = 'listDeliveries';
    /** Send deliveries again. */
    case ReplayDeliveries = 'replayDeliveries';
    /** Send a delivery again. */
    case ReplayDelivery = 'replayDelivery';
    /** Follow a job. */
    case StreamInfoJob = 'streamInfoJob';
    /** Follow a download. */
    case StreamDownload = 'streamDownload';
    /** Link to the events of a job. */
    case CreateEventLink = 'createEventLink';
    /** Follow a job by a link. */
    case StreamByLink = 'streamByLink';
    /** List API keys. */
    case ListKeys = 'listKeys';
    /** Create API key. */
    case CreateKey = 'createKey';
    /** Show API key. */
    case GetKey = 'getKey';
    /** Change API key. */
    case UpdateKey = 'updateKey';
    /** Revoke API key. */
    case RevokeKey = 'revokeKey';
    /** Rotate API key. */
    case RotateKey = 'rotateKey';
    /** Get cookie set. */
    case GetCookies = 'getCookies';
    /** Store cookies. */
    case PutCookies = 'putCookies';
    /** Delete cookie set. */
    case DeleteCookies = 'deleteCookies';
    /** List cookie sets. */
    case ListCookies = 'listCookies';

    private const ROUTES = [
        'getStatus' => ['GET', '/api/status', false],
        'listPlatforms' => ['GET', '/api/video-scraper/platforms', false],
        'getLiveness' => ['GET', '/health/live', false],
        'getReadiness' => ['GET', '/health/ready', false],
        'createInfoJob' => ['POST', '/api/video-scraper/info', true],
        'createDownload' => ['POST', '/api/video-scraper/download', true],
        'createTranscript' => ['POST', '/api/video-scraper/transcript', true],
        'createPlaylist' => ['POST', '/api/video-scraper/playlist', true],
        'getInfoJob' => ['GET', '/api/video-scraper/job/{job_id}', false],
        'deleteJob' => ['DELETE', '/api/video-scraper/job/{job_id}', false],
        'cancelJob' => ['POST', '/api/video-scraper/job/{job_id}/cancel', false],
        'retryJob' => ['POST', '/api/video-scraper/job/{job_id}/retry', false],
        'getDownload' => ['GET', '/api/video-scraper/status/{download_id}', false],
        'fetchTranscript' => ['GET', '/api/video-scraper/job/{job_id}/transcript', false],
        'listJobs' => ['GET', '/api/video-scraper/jobs', false],
        'listEntries' => ['GET', '/api/video-scraper/job/{job_id}/entries', false],
        'cancelJobs' => ['POST', '/api/video-scraper/jobs/cancel', false],
        'deleteJobs' => ['POST', '/api/video-scraper/jobs/delete', false],
        'listDownloads' => ['GET', '/api/video-scraper/downloads', false],
        'fetchFile' => ['GET', '/api/video-scraper/download/{filename}', false],
        'deleteFile' => ['DELETE', '/api/video-scraper/download/{filename}', false],
        'fetchArchive' => ['GET', '/api/video-scraper/status/{download_id}/files.zip', false],
        'createFileLink' => ['POST', '/api/video-scraper/download/{filename}/link', false],
        'createArchiveLink' => ['POST', '/api/video-scraper/status/{download_id}/files.zip/link', false],
        'registerWebhook' => ['POST', '/api/video-scraper/webhooks/register', false],
        'listWebhooks' => ['GET', '/api/video-scraper/webhooks', false],
        'getWebhook' => ['GET', '/api/video-scraper/webhooks/{webhook_id}', false],
        'changeWebhook' => ['PATCH', '/api/video-scraper/webhooks/{webhook_id}', false],
        'deleteWebhook' => ['DELETE', '/api/video-scraper/webhooks/{webhook_id}', false],
        'testWebhook' => ['POST', '/api/video-scraper/webhooks/{webhook_id}/test', false],
        'rotateWebhookSecret' => ['POST', '/api/video-scraper/webhooks/{webhook_id}/rotate-secret', false],
        'listDeliveries' => ['GET', '/api/video-scraper/webhooks/{webhook_id}/deliveries', false],
        'replayDeliveries' => ['POST', '/api/video-scraper/webhooks/{webhook_id}/deliveries/replay', false],
        'replayDelivery' => ['POST', '/api/video-scraper/webhooks/{webhook_id}/deliveries/{delivery_id}/replay', false],
        'streamInfoJob' => ['GET', '/api/video-scraper/job/{job_id}/events', false],
        'streamDownload' => ['GET', '/api/video-scraper/status/{download_id}/events', false],
        'createEventLink' => ['POST', '/api/video-scraper/job/{job_id}/events/link', false],
        'streamByLink' => ['GET', '/api/video-scraper/events/{job_id}', false],
        'listKeys' => ['GET', '/api/video-scraper/keys', false],
        'createKey' => ['POST', '/api/video-scraper/keys', false],
        'getKey' => ['GET', '/api/video-scraper/keys/{key_id}', false],
        'updateKey' => ['PATCH', '/api/video-scraper/keys/{key_id}', false],
        'revokeKey' => ['DELETE', '/api/video-scraper/keys/{key_id}', false],
        'rotateKey' => ['POST', '/api/video-scraper/keys/{key_id}/rotate', false],
        'getCookies' => ['GET', '/api/video-scraper/cookies/{name}', false],
        'putCookies' => ['PUT', '/api/video-scraper/cookies/{name}', false],
        'deleteCookies' => ['DELETE', '/api/video-scraper/cookies/{name}', false],
        'listCookies' => ['GET', '/api/video-scraper/cookies', false],
    ];

    public function method(): string
    {
        return self::ROUTES[$this->value][0];
    }

    /** With `{name}` for each part that is given. */
    public function path(): string
    {
        return self::ROUTES[$this->value][1];
    }

    /** Whether it takes an Idempotency-Key, which makes it safe to repeat. */
    public function isKeyed(): bool
    {
        return self::ROUTES[$this->value][2];
    }
}
