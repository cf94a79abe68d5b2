<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;
use VideoScraper\Api\CreateFileLinkBody;
use VideoScraper\Api\DownloadFields;
use VideoScraper\Api\KeyScope;
use VideoScraper\Api\Quality;
use VideoScraper\Api\SubtitleOptions;
use VideoScraper\Api\UpdateKeyBody;

/** What is sent is what was given, and nothing else. */
final class FieldsTest extends TestCase
{
    public function testNullIsSentWhereItSaysSomething(): void
    {
        self::assertSame('{"expires_at":null}', json_encode(new UpdateKeyBody(expiresAt: null)));
        self::assertSame('{"scopes":["read","new"]}', json_encode(new UpdateKeyBody(scopes: [KeyScope::Read, 'new'])));
    }

    public function testNothingIsAnObject(): void
    {
        self::assertSame('{"metadata":{}}', json_encode(new DownloadFields(metadata: [])));
        self::assertSame('{}', json_encode(new CreateFileLinkBody()));
    }

    public function testWordsMayBeCasesOrStringsAndFieldsMayBeNew(): void
    {
        $fields = new DownloadFields(
            quality: Quality::P720,
            subtitles: new SubtitleOptions(['en'], format: 'srt'),
            more: ['tomorrow' => true],
        );
        self::assertSame(
            '{"quality":"720p","subtitles":{"languages":["en"],"format":"srt"},"tomorrow":true}',
            json_encode($fields->toArray()),
        );
    }

    public function testWhatTheServiceRepeatsIsReadBack(): void
    {
        $raw = ['languages' => ['en'], 'deliver' => 'hologram', 'tomorrow' => 1];
        self::assertSame($raw, SubtitleOptions::from($raw)->toArray());
    }
}
