<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\ChangeWebhookBody;
use VideoScraper\Api\DeliveriesAccepted;
use VideoScraper\Api\DeliveryAccepted;
use VideoScraper\Api\DeliveryReply;
use VideoScraper\Api\Operation;
use VideoScraper\Api\RegisteredWebhookReply;
use VideoScraper\Api\RegisterWebhookBody;
use VideoScraper\Api\ReplayDeliveriesBody;
use VideoScraper\Api\RotatedSecretReply;
use VideoScraper\Api\WebhookReply;
use VideoScraper\CallOptions;
use VideoScraper\Page;
use VideoScraper\Reading;

/** Webhooks, and what was sent to them. */
trait WebhookMethods
{
    /**
     * `registerWebhook`: the secret is in this answer alone.
     *
     * @param RegisterWebhookBody|array<string, mixed> $body
     */
    public function registerWebhook(RegisterWebhookBody|array $body, ?CallOptions $options = null): RegisteredWebhookReply
    {
        return RegisteredWebhookReply::from($this->data(Operation::RegisterWebhook, $options, body: $body));
    }

    /**
     * `listWebhooks`.
     *
     * @return list<WebhookReply>
     */
    public function listWebhooks(?CallOptions $options = null): array
    {
        $raw = $this->data(Operation::ListWebhooks, $options);

        return Reading::objects($raw, 'webhooks', WebhookReply::from(...)) ?? [];
    }

    /** `getWebhook`. */
    public function getWebhook(string $id, ?CallOptions $options = null): WebhookReply
    {
        return WebhookReply::from($this->data(Operation::GetWebhook, $options, ['webhook_id' => $id]));
    }

    /**
     * `changeWebhook`.
     *
     * @param ChangeWebhookBody|array<string, mixed> $body
     */
    public function changeWebhook(string $id, ChangeWebhookBody|array $body, ?CallOptions $options = null): WebhookReply
    {
        return WebhookReply::from($this->data(Operation::ChangeWebhook, $options, ['webhook_id' => $id], body: $body));
    }

    /** `deleteWebhook`. */
    public function deleteWebhook(string $id, ?CallOptions $options = null): void
    {
        $this->sending(Operation::DeleteWebhook, ['webhook_id' => $id], options: $options);
    }

    /** `testWebhook`: sends an event of the type `test`, once. */
    public function testWebhook(string $id, ?CallOptions $options = null): DeliveryAccepted
    {
        return DeliveryAccepted::from($this->data(Operation::TestWebhook, $options, ['webhook_id' => $id]));
    }

    /** `rotateWebhookSecret`: for 24 hours events are signed with the new secret and with the one before. */
    public function rotateWebhookSecret(string $id, ?CallOptions $options = null): RotatedSecretReply
    {
        return RotatedSecretReply::from($this->data(Operation::RotateWebhookSecret, $options, ['webhook_id' => $id]));
    }

    /**
     * `listDeliveries`: one page.
     *
     * @param string $id of a webhook, or of a job that was given a `callback_url`
     *
     * @return Page<DeliveryReply>
     */
    public function listDeliveries(
        string $id,
        ?int $limit = null,
        ?string $cursor = null,
        ?CallOptions $options = null,
    ): Page {
        $query = ['limit' => $limit, 'cursor' => $cursor];
        $raw = $this->data(Operation::ListDeliveries, $options, ['webhook_id' => $id], $query);
        $items = Reading::objects($raw, 'deliveries', DeliveryReply::from(...)) ?? [];

        return new Page($items, Reading::text($raw, 'next_cursor'));
    }

    /**
     * What was sent to the webhook, newest first.
     *
     * @return \Generator<int, DeliveryReply>
     */
    public function deliveries(string $id, ?int $limit = null, ?CallOptions $options = null): \Generator
    {
        return Page::eachItem(fn (?string $cursor): Page => $this->listDeliveries($id, $limit, $cursor, $options));
    }

    /**
     * `replayDeliveries`: all that was skipped, has failed or is pending.
     *
     * @param ReplayDeliveriesBody|array<string, mixed> $body
     */
    public function replayDeliveries(
        string $id,
        ReplayDeliveriesBody|array $body,
        ?CallOptions $options = null,
    ): DeliveriesAccepted {
        $path = ['webhook_id' => $id];

        return DeliveriesAccepted::from($this->data(Operation::ReplayDeliveries, $options, $path, body: $body));
    }

    /** `replayDelivery`. */
    public function replayDelivery(string $id, string $deliveryId, ?CallOptions $options = null): DeliveryAccepted
    {
        $path = ['webhook_id' => $id, 'delivery_id' => $deliveryId];

        return DeliveryAccepted::from($this->data(Operation::ReplayDelivery, $options, $path));
    }
}
