<?php

declare(strict_types=1);

namespace VideoScraper\Saving;

/**
 * A file that grows at its end, and knows the digest of what is in it.
 *
 * @internal
 */
final class PartialFile
{
    /** @var resource */
    private $handle;
    private \HashContext $hash;
    private int $size = 0;

    /** Opens the file, which may be there, and reads what is in it. */
    public function __construct(string $path)
    {
        $handle = @fopen($path, 'c+b');
        if ($handle === false) {
            throw new \RuntimeException('The file could not be opened for writing.');
        }
        $this->handle = $handle;
        $this->hash = hash_init('sha256');
        $this->size = hash_update_stream($this->hash, $handle);
    }

    public function size(): int
    {
        return $this->size;
    }

    public function append(string $chunk): void
    {
        $written = @fwrite($this->handle, $chunk);
        if ($written !== strlen($chunk)) {
            throw new \RuntimeException('The file could not be written. Is the disk full?');
        }
        hash_update($this->hash, $chunk);
        $this->size += $written;
    }

    /** Begins anew. */
    public function clear(): void
    {
        ftruncate($this->handle, 0);
        rewind($this->handle);
        $this->hash = hash_init('sha256');
        $this->size = 0;
    }

    /** Writes everything to the disk. Returns the SHA-256, in hexadecimal. */
    public function finish(): string
    {
        if (!fflush($this->handle) || !fsync($this->handle)) {
            throw new \RuntimeException('The file could not be written. Is the disk full?');
        }

        return hash_final(hash_copy($this->hash));
    }

    public function close(): void
    {
        fclose($this->handle);
    }
}
