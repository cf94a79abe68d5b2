<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;
use VideoScraper\Api\Download;
use VideoScraper\Api\DownloadAccepted;
use VideoScraper\Api\DownloadBatchAccepted;
use VideoScraper\Api\DownloadCompleted;
use VideoScraper\Api\DownloadInProgress;
use VideoScraper\Api\DownloadStatus;
use VideoScraper\Api\FileRole;
use VideoScraper\Api\RefusedUrl;

/** What the service says becomes classes, whatever it says. */
final class ReadingTest extends TestCase
{
    public function testWordsOfThisVersionAreCasesAndOthersAreStrings(): void
    {
        $known = DownloadCompleted::from(['status' => 'completed', 'files' => [['role' => 'media'], ['role' => 'hologram']]]);
        self::assertSame(DownloadStatus::Completed, $known->status);
        self::assertSame(FileRole::Media, $known->files[0]->role);
        self::assertSame('hologram', $known->files[1]->role);
    }

    public function testAStateThatIsNotKnownHasNotEnded(): void
    {
        $job = Download::ofState(['status' => 'warming_up', 'download_id' => 'download_1', 'more' => [1]]);
        self::assertInstanceOf(DownloadInProgress::class, $job);
        self::assertSame('warming_up', $job->status);
        self::assertSame([1], $job->raw['more']);
    }

    public function testWhatIsMissingOrOfAnotherKindHarmsNothingElse(): void
    {
        $job = DownloadCompleted::from(['filename' => 7, 'size_bytes' => 3.0, 'duration' => 2, 'title' => ['no'], 'files' => [1, []]]);
        self::assertFalse(isset($job->filename));
        self::assertSame(3, $job->sizeBytes);
        self::assertSame(2.0, $job->duration);
        self::assertNull($job->title);
        self::assertCount(1, $job->files);
        $this->expectExceptionMessage('must not be accessed before initialization');
        $job->filename;
    }

    public function testEntriesOfABatchAreDistinguished(): void
    {
        $batch = DownloadBatchAccepted::from(['jobs' => [
            ['status' => 'download_started', 'download_id' => 'download_1', 'message' => ''],
            ['url' => 'x', 'error' => 'No.', 'status_code' => 400, 'code' => 'invalid_url'],
        ]]);
        self::assertInstanceOf(DownloadAccepted::class, $batch->jobs[0]);
        self::assertInstanceOf(RefusedUrl::class, $batch->jobs[1]);
    }
}
