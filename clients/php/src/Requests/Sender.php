<?php

declare(strict_types=1);

namespace VideoScraper\Requests;

use Psr\Http\Message\RequestInterface;
use Psr\Http\Message\ResponseInterface;
use Psr\Log\LogLevel;
use VideoScraper\Answer;
use VideoScraper\Configuration;
use VideoScraper\Error\ConnectionError;
use VideoScraper\Error\VideoScraperError;
use VideoScraper\Transport\Limits;

/**
 * Sends requests to the service: their headers, their time, their repeats, their log.
 *
 * @internal
 */
final readonly class Sender
{
    public function __construct(public Configuration $configuration)
    {
    }

    /**
     * Throws the error that the answer means, once it is not worth repeating.
     *
     * @param (\Closure(VideoScraperError): void)|null $onRepeat is called before each repeat
     */
    public function send(OutgoingRequest $request, Stopping $stopping, ?\Closure $onRepeat = null): Answer
    {
        $retries = $request->isRepeatable ? ($request->options->retries ?? $this->configuration->retries) : 0;
        for ($attempt = 1; ; ++$attempt) {
            try {
                return $this->attempt($request, $stopping, $attempt);
            } catch (VideoScraperError $error) {
                $wait = $attempt > $retries || $stopping->isOver() ? null : Retries::waitBefore($error, $attempt);
                if ($wait === null) {
                    throw $error;
                }
                $facts = ['code' => $error->code, 'status' => $error->status, 'attempt' => $attempt];
                $this->note(LogLevel::NOTICE, 'is repeated', $request, ['event' => 'retrying'] + $facts);
                $onRepeat?->__invoke($error);
                $stopping->pause($wait);
            }
        }
    }

    /**
     * One line of the log. No key, body or signature is in it.
     *
     * @param array<string, mixed> $facts
     */
    public function note(string $level, string $what, OutgoingRequest $request, array $facts): void
    {
        $context = ['method' => $request->method, 'url' => $request->plainUrl()] + $facts;
        $this->configuration->logger->log($level, "{method} {url} {$what}", $context);
    }

    private function attempt(OutgoingRequest $request, Stopping $stopping, int $attempt): Answer
    {
        $stopping->check();
        $startedAt = Stopping::now();
        $timeout = $request->options->timeout ?? $this->configuration->timeout;
        $idle = $request->isUnread ? $this->configuration->idleTimeout : min($timeout, $this->configuration->idleTimeout);
        try {
            $limits = new Limits($timeout, $idle, $stopping->check(...));
            $response = $this->configuration->transport->send($this->message($request), $limits);
            $status = $response->getStatusCode();
            $requestId = AnswerErrors::requestId($response);
            $milliseconds = (int) round((Stopping::now() - $startedAt) * 1000);
            $facts = ['status' => $status, 'requestId' => $requestId, 'milliseconds' => $milliseconds, 'attempt' => $attempt];
            $this->note(LogLevel::DEBUG, 'was answered with {status}', $request, ['event' => 'answered'] + $facts);
            $isGood = ($status >= 200 && $status < 300) || ($request->isUnread && $status === 416);
            if ($isGood && $request->isUnread) {
                return new Answer(null, $status, $response, $requestId, $attempt);
            }
            $text = Body::text($response, $request->url, $stopping, max(0.001, $timeout - (Stopping::now() - $startedAt)));

            return $isGood
                ? new Answer(self::json($response, $text), $status, $response, $requestId, $attempt)
                : throw AnswerErrors::of($response, $text);
        } catch (VideoScraperError $error) {
            // Whoever has stopped wants to hear that, not what came of it.
            $stopping->check();
            if ($error->status === 0) {
                $facts = ['event' => 'failed', 'code' => $error->code, 'attempt' => $attempt];
                $this->note(LogLevel::WARNING, 'had no answer ({code})', $request, $facts);
            }
            throw $error;
        }
    }

    private function message(OutgoingRequest $request): RequestInterface
    {
        $configuration = $this->configuration;
        $headers = ['Accept' => 'application/json'];
        if ($configuration->apiKey !== null) {
            $headers['Authorization'] = 'Bearer '.$configuration->apiKey;
        }
        $message = $configuration->requests->createRequest($request->method, $request->url);
        if ($request->body !== null) {
            // No operation takes a text in JSON.
            $isText = is_string($request->body);
            $headers['Content-Type'] = $isText ? 'text/plain; charset=utf-8' : 'application/json';
            $flags = JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;
            $text = $isText ? $request->body : json_encode($request->body, $flags);
            $message = $message->withBody($configuration->streams->createStream($text));
        }
        foreach ([$headers, $configuration->headers, $request->headers, $request->options->headers] as $some) {
            foreach ($some as $name => $value) {
                $message = $message->withHeader($name, $value);
            }
        }

        return $message;
    }

    private static function json(ResponseInterface $response, string $text): mixed
    {
        if ($text === '') {
            return null;
        }
        try {
            return json_decode($text, true, 512, JSON_THROW_ON_ERROR);
        } catch (\JsonException $cause) {
            throw new ConnectionError(
                'The answer is no JSON. Is this the address of the service?',
                'unreadable_answer',
                $response->getStatusCode(),
                previous: $cause,
            );
        }
    }
}
