<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

use Psr\Http\Message\RequestFactoryInterface;
use Psr\Http\Message\ResponseFactoryInterface;
use Psr\Http\Message\StreamFactoryInterface;
use VideoScraper\Error\UsageError;

/**
 * The PSR-17 factories that are installed, for those who bring none.
 *
 * @internal
 */
final class Factories
{
    /** Each makes all kinds of messages. */
    private const KNOWN = [
        'Nyholm\Psr7\Factory\Psr17Factory',
        'GuzzleHttp\Psr7\HttpFactory',
    ];

    public static function installed(): RequestFactoryInterface&ResponseFactoryInterface&StreamFactoryInterface
    {
        foreach (self::KNOWN as $class) {
            if (class_exists($class)) {
                return new $class();
            }
        }
        throw new UsageError('Install nyholm/psr7 or guzzlehttp/psr7, or give the client PSR-17 factories.', 'factories_missing');
    }
}
