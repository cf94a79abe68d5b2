"""
Stands for the Python client in `clients/behaviour`: reads calls as lines of JSON, writes their outcomes.

`python driver.py sync` speaks to the client that blocks, `python driver.py async` to the one that does not.
"""

import asyncio
import json
import signal
import sys
from dataclasses import asdict

from video_scraper import (
    AsyncVideoScraper,
    Model,
    VideoScraper,
    VideoScraperError,
    verify_webhook,
)


class Aborted(BaseException):
    """What a call that blocks is ended with, as Ctrl-C would end it."""


def waiting(parameters, seen):
    """Options of a wait, with what it reported on the way."""
    given = {name: parameters[name] for name in ("deadline", "cancel_on_abort") if name in parameters}
    return {**given, "on_progress": lambda job: seen.append(job.status)}


def started(parameters):
    return (parameters["url"], parameters.get("fields"))


# Each call: the method, its words, its options.
CALLS = {
    "start_info": lambda client, p: client.start_info(*started(p), idempotency_key=p.get("idempotency_key")),
    "start_infos": lambda client, p: client.start_infos(p["urls"], p.get("fields")),
    "start_download": lambda client, p: client.start_download(*started(p)),
    "get_transcript_text": lambda client, p: client.get_transcript_text(p["id"], p["format"]),
    "start_playlist": lambda client, p: client.start_playlist(*started(p)),
    "get_info_job": lambda client, p: client.get_info_job(p["id"]),
    "get_download": lambda client, p: client.get_download(p["id"]),
    "cancel": lambda client, p: client.cancel(p["id"]),
    "retry": lambda client, p: client.retry(p["id"]),
    "delete_file": lambda client, p: client.delete_file(p["filename"]),
    "save": lambda client, p: client.save(p["download"], p["path"]),
    "get_status": lambda client, p: client.get_status(),
    "raw": lambda client, p: client.call(p["operation"], path=p.get("path"), query=p.get("query")),
}

WAITS = {
    "info": lambda client, p, options: client.info(*started(p), **options),
    "transcript": lambda client, p, options: client.transcript(*started(p), **options),
    "download": lambda client, p, options: client.download(*started(p), **options),
    "playlist": lambda client, p, options: client.playlist(*started(p), **options),
    "wait_for_info_job": lambda client, p, options: client.wait_for_info_job(p["id"], **options),
    "wait_for_download": lambda client, p, options: client.wait_for_download(p["id"], **options),
}

LISTS = {
    "jobs": lambda client, p: client.jobs({"limit": p["limit"]}),
    "entries": lambda client, p: client.entries(p["id"], {"limit": p["limit"]}),
    "downloads": lambda client, p: client.downloads({"limit": p["limit"]}),
    "follow_download": lambda client, p: client.follow_download(p["id"]),
}


def entry_listener(request, is_async, seen, given):
    """Keeps each entry that was given, with the state in which the playlist was then."""
    if not request["with"].get("on_entry"):
        return {}

    def keep(entry):
        given.append({"position": entry.position, "state": entry.state, "while": seen[-1]})

    async def keep_later(entry):
        await asyncio.sleep(0.02)
        keep(entry)

    return {"on_entry": keep_later if is_async else keep}


def plain(value):
    """A result as JSON."""
    if isinstance(value, Model):
        return value.to_dict()
    if hasattr(value, "job"):
        return {"type": value.type, "id": value.id, "job": plain(value.job)}
    if hasattr(value, "attempts"):
        return {"data": plain(value.data), "status": value.status, "request_id": value.request_id}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    return value


def error_text(error):
    if not isinstance(error, VideoScraperError):
        is_abort = isinstance(error, (Aborted, asyncio.CancelledError, asyncio.TimeoutError))
        return {"group": "Aborted" if is_abort else type(error).__name__, "message": repr(error)}
    facts = ("code", "status", "retryable", "retry_after", "request_id", "message")
    return {
        "group": type(error).__name__,
        "job_id": getattr(error, "job_id", None),
        **{name: getattr(error, name) for name in facts},
    }


def options_of(request, log):
    client = request["client"]
    given = {name: client[name] for name in ("base_url", "api_key", "timeout", "retries") if name in client}
    return {**given, "log": lambda entry: log.append(asdict(entry))}


def perform_sync(request, log):
    call, parameters = request["call"], request["with"]
    with VideoScraper(**options_of(request, log)) as client:
        if call in LISTS:
            found = []
            for item in LISTS[call](client, parameters):
                found.append(item)
                if len(found) >= parameters.get("most", float("inf")):
                    break
            return plain(found)
        if call not in WAITS:
            return plain(CALLS[call](client, parameters))
        seen, given = [], []
        options = {**waiting(parameters, seen), **entry_listener(request, False, seen, given)}
        try:
            signal.setitimer(signal.ITIMER_REAL, parameters.get("abort_after", 0))
            job = WAITS[call](client, parameters, options)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return {**job.to_dict(), "progress": seen, "given": given}


async def perform_async(request, log):
    call, parameters = request["call"], request["with"]
    async with AsyncVideoScraper(**options_of(request, log)) as client:
        if call in LISTS:
            found = []
            async for item in LISTS[call](client, parameters):
                found.append(item)
                if len(found) >= parameters.get("most", float("inf")):
                    break
            return plain(found)
        if call not in WAITS:
            return plain(await CALLS[call](client, parameters))
        seen, given = [], []
        options = {**waiting(parameters, seen), **entry_listener(request, True, seen, given)}
        job = await asyncio.wait_for(WAITS[call](client, parameters, options), parameters.get("abort_after"))
        return {**job.to_dict(), "progress": seen, "given": given}


def outcome_of(request, is_async):
    log = []
    try:
        if request["call"] == "verify_webhook":
            return {"result": plain(verify_webhook(**request["with"])), "log": log}
        work = asyncio.run(perform_async(request, log)) if is_async else perform_sync(request, log)
        return {"result": work, "log": log}
    except (Exception, Aborted, asyncio.CancelledError) as error:
        return {"error": error_text(error), "log": log}


def main(kind):
    def abort(_number, _frame):
        raise Aborted

    signal.signal(signal.SIGALRM, abort)
    for line in sys.stdin:
        request = json.loads(line)
        outcome = outcome_of(request, kind == "async")
        print(json.dumps({"id": request["id"], **outcome}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
