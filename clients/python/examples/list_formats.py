"""`python list_formats.py ADDRESS`: says in which formats a video can be had. Does not block."""

import asyncio
import sys

from video_scraper import AsyncVideoScraper


async def main(address: str) -> None:
    async with AsyncVideoScraper() as client:
        job = await client.info(address, deadline=60)
    print(job.video_info.title)
    for each in job.video_info.formats:
        print(each.format_id, each.ext, each.width, each.height)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
