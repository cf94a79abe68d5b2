"""The parts that need no service."""

import io
import pickle
import unittest
from typing import Union

from video_scraper import (
    ConnectionError as OurConnectionError,
    Model,
    NotFoundError,
    UsageError,
    VideoScraper,
    VideoScraperError,
    verify_webhook,
)
from video_scraper._sync.ended_entries import EndedEntries
from video_scraper.answer_errors import error_of_answer
from video_scraper.command_line.exit_codes import exit_code_of
from video_scraper.command_line.plain_text import plain_text, table_text
from video_scraper.command_line.progress_bar import Progress, ProgressBar, bar_text, size_text, time_text
from video_scraper.deadline import NEVER
from video_scraper.event_parser import EventParser
from video_scraper.model import decode
from video_scraper.page import Page, cursor_of
from video_scraper.savable import targets_of
from video_scraper.schemas import (
    Download,
    DownloadCompleted,
    DownloadInProgress,
    InfoAccepted,
    InfoBatchAccepted,
    Job,
    InfoJobCompleted,
    PlaylistEntry,
)


def events_of(*pieces):
    parser = EventParser()
    return [(each.type, each.data, each.id) for piece in pieces for each in parser.feed(piece)]


class Streams(unittest.TestCase):
    EXPECTED = [("snapshot", "a\nb", "7"), ("message", "ü", "7")]

    def test_a_stream_may_be_cut_anywhere_and_end_its_lines_as_it_likes(self):
        for end in ("\n", "\r\n", "\r"):
            lines = ["\ufeffevent: snapshot", "id: 7", ": a comment", "data: a", "data:b", "", "data: ü", "", ""]
            stream = end.join(lines).encode()
            self.assertEqual(events_of(stream), self.EXPECTED)
            self.assertEqual(events_of(*(stream[at : at + 1] for at in range(len(stream)))), self.EXPECTED)

    def test_what_was_cut_is_no_event(self):
        self.assertEqual(events_of(b"data: a\n\ndata: b\n"), [("message", "a", "")])

    def test_an_event_has_an_end(self):
        with self.assertRaises(OurConnectionError):
            events_of(*[b"data: " + b"a" * 1024 * 1024] * 17)


class Entries(unittest.TestCase):
    """Six entries in pages of two, of which the states are changed."""

    def setUp(self):
        self.states, self.given, self.read = ["queued"] * 6, [], []
        self.entries = EndedEntries(self.page, lambda entry: self.given.append(entry.position))

    def page(self, _id, cursor, _deadline):
        at = int(cursor or 0)
        self.read.append(at)
        ways = {"url": None, "title": None, "job_id": None, "status_url": None}
        items = [
            decode({"position": index + 1, "state": self.states[index], **ways}, PlaylistEntry)
            for index in (at, at + 1)
        ]
        return Page(items, str(at + 2) if at < 4 else None)

    def see(self, ended, status="processing"):
        counts = {"running": 0, "completed": 0, "failed": 0, "cancelled": 0, "skipped": 0}
        summary = {"total": 6, "queued": 6 - ended, **counts}
        self.entries.see(decode({"job_id": "p", "status": status, "kind": "playlist", "summary": summary}, Job), NEVER)

    def test_each_is_given_once_and_pages_that_are_done_with_are_not_read_again(self):
        self.states[1] = "completed"
        self.see(1)
        self.assertEqual((self.given, self.read), ([2], [0, 2]))
        self.states[0] = self.states[3] = "failed"
        self.see(3)
        self.assertEqual((self.given, self.read), ([2, 1, 4], [0, 2, 0, 2, 4]))
        self.see(3)
        self.states[2:] = ["skipped"] * 4
        self.see(6, "completed")
        self.assertEqual((self.given, self.read), ([2, 1, 4, 3, 5, 6], [0, 2, 0, 2, 4, 2, 4]))

    def test_an_unknown_word_is_an_end_once_the_playlist_has_ended(self):
        self.states[:3] = ["levitating", "running", "skipped"]
        self.see(1)
        self.assertEqual(self.given, [])
        self.see(1, "cancelled")
        self.assertEqual(self.given, [1, 3])


class Answers(unittest.TestCase):
    def test_states_are_distinguished_and_an_unknown_one_goes_on(self):
        self.assertIsInstance(decode({"status": "completed"}, Download), DownloadCompleted)
        self.assertIsInstance(decode({"status": "warming_up"}, Download), DownloadInProgress)
        self.assertEqual(decode({"status": "warming_up"}, Download).status, "warming_up")

    def test_what_is_like_something_becomes_it(self):
        either = Union[Job, InfoAccepted, InfoBatchAccepted]
        accepted = {"job_id": "1", "status": "processing", "message": "…"}
        self.assertIsInstance(decode(accepted, either), InfoAccepted)
        self.assertIsInstance(decode({"jobs": []}, either), InfoBatchAccepted)
        self.assertIsInstance(
            decode({"job_id": "1", "status": "completed", "video_info": {}, "new": 1}, either), InfoJobCompleted
        )

    def test_nothing_that_comes_raises(self):
        for value in (None, 1, "text", [], [1], {}, {"status": None}, {"status": []}, {"video_info": "none"}):
            decode(value, Job)
        job = decode({"status": "completed", "video_info": {"formats": "many"}, "warnings": [1]}, Job)
        self.assertEqual((job.video_info.formats, job.warnings, job.cached), ("many", (1,), None))

    def test_keys_of_tomorrow_are_kept(self):
        job = decode({"status": "completed", "new": {"a": 1}}, Job)
        self.assertEqual((job["new"], "new" in job, "old" in job), ({"a": 1}, True, False))
        self.assertEqual(job.new, {"a": 1})
        with self.assertRaises(AttributeError):
            _ = job.old

    def test_an_answer_can_be_compared_shown_and_kept(self):
        job = decode({"status": "completed"}, Download)
        self.assertEqual(pickle.loads(pickle.dumps(job)), job)
        self.assertNotEqual(job, Model({"status": "completed"}))
        self.assertEqual(repr(job), "DownloadCompleted({'status': 'completed'})")


class Errors(unittest.TestCase):
    def test_the_names_that_python_has_too_are_caught_as_both(self):
        with self.assertRaises(ConnectionError):
            raise OurConnectionError("gone", code="connection_failed")
        error = OurConnectionError("gone", code="connection_failed", retryable=True)
        self.assertEqual((str(error), error.code, error.retryable), ("gone", "connection_failed", True))

    def test_an_answer_of_anybody_is_an_error(self):
        for content in (b"", b"<html>", b"[1]", b'{"error": 1, "code": [], "details": "x"}', b"\xff", b"[" * 100_000):
            error = error_of_answer(404, {"retry-after": "soon"}, content)
            self.assertIsInstance(error, NotFoundError)
            self.assertEqual((error.code, error.retry_after, error.details), ("http_404", None, ()))

    def test_a_date_says_when_to_come_back(self):
        late = error_of_answer(503, {"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, b"")
        self.assertEqual(late.retry_after, 0)


class Setting(unittest.TestCase):
    def test_what_cannot_work_is_refused_and_no_key_is_shown(self):
        for options in (
            {"base_url": "ftp://host"},
            {"base_url": "http://user:word@host"},
            {"base_url": "//host"},
            {"base_url": "http://host:port"},
            {"base_url": ""},
            {"api_key": "vsk_ blank"},
        ):
            with self.assertRaises(UsageError) as caught:
                VideoScraper(**options)
            self.assertNotIn("vsk_", str(caught.exception))
        client = VideoScraper(api_key="vsk_secret", base_url="http://host/sub/api/video-scraper/")
        self.assertNotIn("vsk_", repr(client._configuration))
        self.assertEqual(client._configuration.base_url, "http://host/sub")
        client.close()


class Files(unittest.TestCase):
    FILE = {"filename": "a.mp4", "size_bytes": 1, "sha256": "0" * 64}

    def test_a_name_leads_to_no_other_folder(self):
        for name in ("../a", "a/b", "a\\b", "..", ".", "", "a\0b", None):
            with self.assertRaises(UsageError):
                targets_of({**self.FILE, "filename": name}, "folder/")

    def test_what_has_no_file_is_refused(self):
        with self.assertRaises(UsageError):
            targets_of(decode({"status": "in_progress"}, Download), "a.mp4")

    def test_paths_are_plain(self):
        self.assertEqual([target for _, target in targets_of(self.FILE, "./")], ["a.mp4"])
        self.assertEqual([target for _, target in targets_of(self.FILE, "./b.mp4")], ["./b.mp4"])

    def test_the_next_page_is_in_the_link(self):
        self.assertEqual(cursor_of('</a?cursor=x%2By&limit=1>; rel="next"'), "x+y")
        self.assertIsNone(cursor_of('</a?cursor=x>; rel="prev"'))
        self.assertIsNone(cursor_of(None))


class CommandLine(unittest.TestCase):
    def test_the_bar_says_how_far_how_fast_and_how_long(self):
        text = bar_text(Progress("v.mp4", 0.5, 2_500_000, 75))
        self.assertEqual(text, f"{'█' * 12}{'░' * 12}  50 %  2.5 MB/s  01:15 left  v.mp4")
        self.assertIn("█" * 24, bar_text(Progress("", 7, None, None)))

    def test_the_bar_is_not_written_where_nobody_looks(self):
        class Screen(io.StringIO):
            def isatty(self):
                return True

        plain, quiet, seen = io.StringIO(), Screen(), Screen()
        for screen, is_quiet in ((plain, False), (quiet, True), (seen, False)):
            ProgressBar(screen, is_quiet, lambda: 20).show(Progress("", 0, None, None))
        self.assertEqual((plain.getvalue(), quiet.getvalue()), ("", ""))
        self.assertEqual(len(seen.getvalue()), len("\r\x1b[K") + 19)

    def test_sizes_and_times_are_short(self):
        sizes = [size_text(each) for each in (0, 999, 1000, 1250, 19_321_772, 5e12)]
        self.assertEqual(sizes, ["0 B", "999 B", "1.0 kB", "1.3 kB", "19.3 MB", "5.0 TB"])
        self.assertEqual([time_text(each) for each in (0, 59.6, 2.5, 3661)], ["00:00", "01:00", "00:03", "01:01:01"])

    def test_no_text_of_a_stranger_steers_the_terminal(self):
        self.assertEqual(plain_text("a\x1b]0;title\x07b\r\n\u202ec\x9b2J"), "a ]0;title b   c 2J")
        self.assertEqual(table_text([["A", "B"], ["longer\nthan one", None]]), "A                B\nlonger than one")

    def test_every_group_of_errors_has_an_exit_code(self):
        self.assertEqual(exit_code_of(NotFoundError("", code="x")), 4)
        self.assertEqual(exit_code_of(OSError("the disk is full")), 1)
        self.assertEqual(exit_code_of(OurConnectionError("", code="x")), 7)


class Webhooks(unittest.TestCase):
    def test_a_secret_that_is_none_is_said(self):
        headers = {"Webhook-Id": "e", "Webhook-Timestamp": "1", "Webhook-Signature": "v1,AAAA"}
        with self.assertRaises(VideoScraperError) as caught:
            verify_webhook(secret="whsec_***", headers=headers, body="{}", now=1)
        self.assertEqual(caught.exception.code, "secret_invalid")


if __name__ == "__main__":
    unittest.main()
