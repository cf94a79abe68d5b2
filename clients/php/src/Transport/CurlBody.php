<?php

declare(strict_types=1);

namespace VideoScraper\Transport;

use Psr\Http\Message\StreamInterface;

/**
 * The body of an answer of curl, read once from its beginning to its end.
 *
 * @internal
 */
final class CurlBody implements StreamInterface
{
    private int $position = 0;

    public function __construct(private readonly CurlTransfer $transfer)
    {
    }

    public function __destruct()
    {
        $this->close();
    }

    public function __toString(): string
    {
        return $this->getContents();
    }

    public function close(): void
    {
        $this->transfer->close();
    }

    public function detach()
    {
        $this->close();

        return null;
    }

    public function getSize(): ?int
    {
        return null;
    }

    public function tell(): int
    {
        return $this->position;
    }

    public function eof(): bool
    {
        return $this->transfer->isAtEnd();
    }

    public function isSeekable(): bool
    {
        return false;
    }

    public function seek($offset, $whence = SEEK_SET): void
    {
        throw new \RuntimeException('An answer can be read once.');
    }

    public function rewind(): void
    {
        throw new \RuntimeException('An answer can be read once.');
    }

    public function isWritable(): bool
    {
        return false;
    }

    public function write($string): int
    {
        throw new \RuntimeException('An answer can not be written.');
    }

    public function isReadable(): bool
    {
        return true;
    }

    public function read($length): string
    {
        $chunk = $this->transfer->read($length);
        $this->position += strlen($chunk);

        return $chunk;
    }

    public function getContents(): string
    {
        $all = '';
        while (($chunk = $this->read(65536)) !== '') {
            $all .= $chunk;
        }

        return $all;
    }

    public function getMetadata($key = null)
    {
        return $key === null ? [] : null;
    }
}
