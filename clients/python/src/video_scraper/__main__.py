"""`python -m video_scraper` is the command line."""

from .command_line.main import main

if __name__ == "__main__":
    main()
