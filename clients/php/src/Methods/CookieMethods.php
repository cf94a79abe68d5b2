<?php

declare(strict_types=1);

namespace VideoScraper\Methods;

use VideoScraper\Api\CookieSetReply;
use VideoScraper\Api\JsonCookie;
use VideoScraper\Api\Operation;
use VideoScraper\CallOptions;
use VideoScraper\Reading;

/** Cookie sets. They need a key with the scope `cookies`. */
trait CookieMethods
{
    /**
     * `putCookies`: they replace what lies under the name.
     *
     * @param string|list<JsonCookie|array<string, mixed>> $cookies the text of a `cookies.txt`, or an array
     */
    public function putCookies(
        string $name,
        #[\SensitiveParameter] string|array $cookies,
        ?CallOptions $options = null,
    ): CookieSetReply {
        return CookieSetReply::from($this->data(Operation::PutCookies, $options, ['name' => $name], body: $cookies));
    }

    /**
     * `listCookies`.
     *
     * @return list<CookieSetReply>
     */
    public function listCookies(?CallOptions $options = null): array
    {
        return Reading::objects($this->data(Operation::ListCookies, $options), 'cookies', CookieSetReply::from(...)) ?? [];
    }

    /** `getCookies`. */
    public function getCookies(string $name, ?CallOptions $options = null): CookieSetReply
    {
        return CookieSetReply::from($this->data(Operation::GetCookies, $options, ['name' => $name]));
    }

    /** `deleteCookies`. */
    public function deleteCookies(string $name, ?CallOptions $options = null): void
    {
        $this->data(Operation::DeleteCookies, $options, ['name' => $name]);
    }
}
