"""`video-scraper`: the service from a shell."""
