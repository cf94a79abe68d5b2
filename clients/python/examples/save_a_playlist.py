"""
`python save_a_playlist.py ADDRESS FOLDER [ITEMS]`: downloads the entries of a list, and saves each file as soon as it is there.
Does not block.
"""

from __future__ import annotations

import asyncio
import sys

from video_scraper import AsyncVideoScraper
from video_scraper.schemas import DownloadCompleted, PlaylistEntry


async def main(address: str, folder: str, items: str | None = None) -> None:
    async with AsyncVideoScraper() as client:

        async def save(entry: PlaylistEntry) -> None:
            download = await client.get_download(entry.job_id) if entry.state == "completed" and entry.job_id else None
            if isinstance(download, DownloadCompleted):
                print(entry.position, *await client.save(download, folder))
            else:
                # What has failed or was left out has no file; `code` or `skip_code` says why.
                print(entry.position, entry.state, entry.code or entry.skip_code)

        playlist = await client.playlist(
            address, {"items": items} if items else {}, deadline=3600, cancel_on_abort=True, on_entry=save
        )
    print(f"{playlist.summary.completed} of {playlist.summary.total} completed")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
