"""What each command does: it returns its answer, as a value for `--json` and as text."""

from __future__ import annotations

import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from . import job_commands
from .arguments import number, word_of, wrong_use
from .command import Reply, Surroundings, collected, listed
from .completion import completion_for
from .plain_text import plain_text
from .progress_bar import size_text

_DEFAULT_LIMIT: Final = 50


async def _list(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    most = number(options.text("limit"), _DEFAULT_LIMIT)
    if options.is_set("jobs"):
        jobs = await collected(client.jobs(), most)
        rows = [[each.id, each.kind, each.status, f"{math.floor(each.progress * 100)} %", each.url] for each in jobs]
        return listed(jobs, ["ID", "KIND", "STATUS", "DONE", "URL"], rows)
    files = await collected(client.downloads(), most)
    return listed(
        files,
        ["CREATED", "SIZE", "FILE"],
        [[each.created_at, size_text(each.size_bytes), each.filename] for each in files],
    )


async def _cancel(surroundings: Surroundings) -> Reply:
    reply = await surroundings.client.cancel(word_of(surroundings.options, "the id of the job"))
    return Reply(reply.to_dict(), plain_text(reply.message))


async def _keys(surroundings: Surroundings) -> Reply:
    client, options = surroundings.client, surroundings.options
    action, subject = [*options.words, None, None][:2]
    if action is None:
        keys = await collected(client.keys(), number(options.text("limit"), _DEFAULT_LIMIT))
        rows = [[each.id, each.name, each.status, ",".join(each.scopes)] for each in keys]
        return listed(keys, ["ID", "NAME", "STATUS", "SCOPES"], rows)
    if subject is None or action not in ("create", "revoke", "rotate"):
        raise wrong_use("keys create NAME, keys revoke ID, keys rotate ID")
    if action == "revoke":
        return Reply((await client.revoke_key(subject)).to_dict(), "Revoked.")
    if action == "create":
        scopes = options.texts("scope") or ["read", "write"]
        issued = await client.create_key({"name": subject, "scopes": scopes})
    else:
        issued = await client.rotate_key(subject)
    return Reply(issued.to_dict(), issued.key)


async def _completion(surroundings: Surroundings) -> Reply:
    words = surroundings.options.words
    text = completion_for(words[0] if words else None)
    return Reply(text, text)


COMMANDS: Final[Mapping[str, Callable[[Surroundings], Awaitable[Reply]]]] = {
    "info": job_commands.info,
    "download": job_commands.download,
    "audio": job_commands.audio,
    "transcript": job_commands.transcript,
    "playlist": job_commands.playlist,
    "list": _list,
    "cancel": _cancel,
    "keys": _keys,
    "completion": _completion,
}
