"""`python save_a_video.py ADDRESS FOLDER`: gets a video, and tells how far it is."""

import sys

from video_scraper import JobFailedError, VideoScraper
from video_scraper.schemas import Download


def tell(download: Download) -> None:
    if download.status == "in_progress":
        print(f"{download.progress:.0%}", file=sys.stderr)


def main(address: str, folder: str) -> None:
    with VideoScraper() as client:
        download = client.download(address, deadline=600, cancel_on_abort=True, on_progress=tell)
        for path in client.save(download, folder):
            print(path)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except JobFailedError as error:
        sys.exit(f"{error} {error.next_step or ''}")
