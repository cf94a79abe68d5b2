"""`python print_a_transcript.py ADDRESS [LANGUAGE]`: prints what is said in a video, as SubRip subtitles."""

from __future__ import annotations

import sys

from video_scraper import JobFailedError, VideoScraper


def main(address: str, language: str | None = None) -> None:
    with VideoScraper() as client:
        transcript = client.transcript(
            address, {"language": language} if language else {}, deadline=300, cancel_on_abort=True
        )
        print(f"Captions in {transcript.language} ({transcript.source})", file=sys.stderr)
        print(client.get_transcript_text(transcript.job_id, "srt"))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except JobFailedError as error:
        # `no_captions`: the video has none in this language.
        sys.exit(f"{error.code} {error}")
