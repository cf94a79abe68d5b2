<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\HealthReply;
use VideoScraper\Api\Operation;
use VideoScraper\Api\Platform;
use VideoScraper\Api\ServiceStatus;
use VideoScraper\CallOptions;
use VideoScraper\Error\ServiceError;
use VideoScraper\Reading;

/** The service itself. */
trait ServiceMethods
{
    /** `getStatus`. */
    public function getStatus(?CallOptions $options = null): ServiceStatus
    {
        return ServiceStatus::from($this->data(Operation::GetStatus, $options));
    }

    /**
     * `listPlatforms`.
     *
     * @param string|null $domain only the sites of this host name
     *
     * @return list<Platform>
     */
    public function listPlatforms(?string $domain = null, ?CallOptions $options = null): array
    {
        $raw = $this->data(Operation::ListPlatforms, $options, query: ['domain' => $domain]);

        return Reading::each($raw, Platform::from(...));
    }

    /** `getLiveness`. */
    public function getLiveness(?CallOptions $options = null): HealthReply
    {
        return HealthReply::from($this->data(Operation::GetLiveness, $options));
    }

    /**
     * `getReadiness`.
     *
     * @throws ServiceError when the gateway cannot take jobs
     */
    public function getReadiness(?CallOptions $options = null): HealthReply
    {
        return HealthReply::from($this->data(Operation::GetReadiness, $options));
    }
}
