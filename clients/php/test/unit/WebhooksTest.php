<?php

declare(strict_types=1);

use Nyholm\Psr7\Request;
use PHPUnit\Framework\TestCase;
use VideoScraper\Api\DeliveredEvent;
use VideoScraper\Api\DownloadCompleted;
use VideoScraper\Api\DownloadCompleteEvent;
use VideoScraper\Error\WebhookVerificationError;
use VideoScraper\Webhook\Webhooks;

/** Webhooks become typed events. What is refused is in the behaviour suite. */
final class WebhooksTest extends TestCase
{
    public function testAMessageBecomesItsEvent(): void
    {
        $webhook = Webhooks::verifyMessage(self::secret(), self::message('{"type":"download_complete","data":{"status":"completed","filename":"a.mp4"}}'));
        self::assertSame(DeliveredEvent::DownloadComplete, $webhook->type);
        self::assertInstanceOf(DownloadCompleteEvent::class, $webhook->event);
        self::assertInstanceOf(DownloadCompleted::class, $webhook->event->data);
        self::assertSame('a.mp4', $webhook->event->data->filename);
    }

    public function testAnEventOfTomorrowIsGivenAsItIs(): void
    {
        $webhook = Webhooks::verifyMessage(self::secret(), self::message('{"type":"moon_landing","data":7}'));
        self::assertSame('moon_landing', $webhook->type);
        self::assertNull($webhook->event);
        self::assertSame(7, $webhook->raw['data']);
    }

    public function testAHeaderThatCameTwiceIsNone(): void
    {
        $this->expectException(WebhookVerificationError::class);
        Webhooks::verifyMessage(self::secret(), self::message('{}')->withAddedHeader('webhook-id', 'evt_2'));
    }

    private static function secret(): string
    {
        return 'whsec_'.base64_encode('a secret of 24 letters .');
    }

    private static function message(string $body): Request
    {
        $signed = 'evt_1.'.time().'.'.$body;
        $signature = base64_encode(hash_hmac('sha256', $signed, 'a secret of 24 letters .', true));

        return new Request('POST', '/', [
            'Webhook-Id' => 'evt_1',
            'Webhook-Timestamp' => (string) explode('.', $signed)[1],
            'Webhook-Signature' => "v1,{$signature}",
        ], $body);
    }
}
