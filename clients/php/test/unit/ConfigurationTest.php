<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;
use VideoScraper\Client;
use VideoScraper\Error\UsageError;

/** A client is set up right, or not at all; its key is shown to nobody. */
final class ConfigurationTest extends TestCase
{
    private const KEY = 'vsk_0123456789abcdef_verysecret';

    public function testTheKeyIsNotInWhatIsDumped(): void
    {
        $client = new Client('http://localhost:1', self::KEY);
        ob_start();
        var_dump($client);
        self::assertStringNotContainsString('verysecret', (string) ob_get_clean());
    }

    public function testTheKeyIsNotInErrors(): void
    {
        try {
            new Client('http://localhost:1', self::KEY." \n");
            self::fail('A key with a blank was taken.');
        } catch (UsageError $error) {
            self::assertSame('invalid_key', $error->code);
            self::assertSame('invalid_key', $error->getCode());
            self::assertStringNotContainsString('verysecret', $error->getMessage().$error->getTraceAsString());
        }
    }

    /** @dataProvider addressesThatCannotBe */
    public function testAnAddressThatCannotBeIsRefused(string $address): void
    {
        $this->expectException(UsageError::class);
        new Client($address);
    }

    /** @return list<array{string}> */
    public static function addressesThatCannotBe(): array
    {
        return [[''], ['localhost:5501'], ['ftp://host'], ['http://user:word@host'], ['http://host/?x=1'], ["http://host\n"], ['http:///x']];
    }
}
