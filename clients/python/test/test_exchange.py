"""What becomes of one request, against a server of this file."""

import asyncio
import contextlib
import http.server
import logging
import os
import threading
import time
import unittest
import unittest.mock

import httpx

from video_scraper import AsyncVideoScraper, TimeoutError, UsageError, VideoScraper


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.seen.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        path, _, query = self.path.partition("?")
        if path == "/drip":
            self.send_response(200)
            self.send_header("content-length", "100000")
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(200):
                    self.wfile.write(b" ")
                    time.sleep(0.05)
            return
        is_elsewhere = path == "/elsewhere"
        self.send_response(307 if is_elsewhere else 200)
        if is_elsewhere:
            self.send_header("location", query)
        body = b'{"status": "ok"}'
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.headers["body"] = body.decode()
        self.do_GET()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving():
    """A server, its address, and what it has seen."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        server.seen = []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", server.seen
        finally:
            server.shutdown()
            thread.join()


class Exchange(unittest.TestCase):
    def test_a_proxy_of_the_environment_is_used(self):
        with serving() as (proxy, seen), unittest.mock.patch.dict(os.environ, {"HTTP_PROXY": proxy, "NO_PROXY": ""}):
            with VideoScraper(base_url="http://video.invalid") as client:
                client.get_liveness()
            self.assertRegex(seen[0][0], "^http://video.invalid/")
            self.assertEqual(len(seen), 1)

    def test_the_key_goes_to_the_service_and_to_no_other_origin(self):
        with serving() as (address, seen), serving() as (elsewhere, seen_elsewhere):
            with VideoScraper(base_url=address, api_key="vsk_1") as client:
                answer = client.request("GET", f"/elsewhere?{elsewhere}/there")
            self.assertEqual(answer.data, {"status": "ok"})
            self.assertEqual(seen[0][1]["authorization"], "Bearer vsk_1")
            self.assertEqual(seen_elsewhere[0][0], "/there")
            self.assertNotIn("authorization", seen_elsewhere[0][1])

    def test_headers_of_the_call_stand_above_those_of_the_client(self):
        with serving() as (address, seen), VideoScraper(base_url=address, headers={"X-A": "1", "X-B": "1"}) as client:
            client.get_liveness(headers={"x-b": "2"})
            self.assertEqual([seen[0][1][name] for name in ("x-a", "x-b", "accept")], ["1", "2", "application/json"])
            self.assertTrue(seen[0][1]["user-agent"].startswith("video-scraper-python/"))

    def test_a_body_that_comes_drop_by_drop_is_given_up_in_time(self):
        with serving() as (address, _):
            started_at = time.monotonic()
            with VideoScraper(base_url=address, timeout=0.4, retries=0) as client, self.assertRaises(TimeoutError):
                client.request("GET", "/drip")

            async def awaited():
                async with AsyncVideoScraper(base_url=address, timeout=0.4, retries=0) as client:
                    await client.request("GET", "/drip")

            with self.assertRaises(TimeoutError):
                asyncio.run(awaited())
            # All of it would take ten seconds, each time.
            self.assertLess(time.monotonic() - started_at, 8)

    def test_a_text_is_sent_as_it_is_and_all_else_as_json(self):
        with serving() as (address, seen), VideoScraper(base_url=address) as client:
            client.request("PUT", "/a", "# a file\n\u00fc")
            client.request("PUT", "/a", [{"a": "\u00fc"}])
            sent = [(headers["content-type"], headers["body"]) for _, headers in seen]
            expected = [("text/plain; charset=utf-8", "# a file\n\u00fc"), ("application/json", '[{"a":"\u00fc"}]')]
            self.assertEqual(sent, expected)

    def test_a_client_of_yours_is_used_and_stays_open(self):
        with serving() as (address, seen), httpx.Client(headers={"x-mine": "yes"}) as mine:
            for _ in range(2):
                with VideoScraper(base_url=address, http_client=mine) as client:
                    client.get_liveness()
            self.assertEqual([headers["x-mine"] for _, headers in seen], ["yes", "yes"])

    def test_nothing_is_sent_that_cannot_work(self):
        with serving() as (address, seen), VideoScraper(base_url=address) as client:
            for call in (
                lambda: client.call("noOperation"),
                lambda: client.request("GET", "no-slash"),
                lambda: client.get_download(".."),
            ):
                with self.assertRaises(UsageError):
                    call()
            self.assertEqual(seen, [])

    def test_the_log_of_python_has_no_query(self):
        with serving() as (address, _), self.assertLogs("video_scraper", logging.DEBUG) as logs:
            with VideoScraper(base_url=address, api_key="vsk_1") as client:
                client.request("GET", "/there?token=confidential")
            text = "\n".join(logs.output)
            self.assertIn("/there", text)
            self.assertNotIn("confidential", text)
            self.assertNotIn("vsk_", text)


if __name__ == "__main__":
    unittest.main()
