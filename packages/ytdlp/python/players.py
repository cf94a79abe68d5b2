"""Gives a job the players that the worker keeps prepared, where this yt-dlp asks for them as we know it to.

yt-dlp would keep them in its cache, together with what it got from the source: whoever may write there decides what others
run. So a job only tells the address of a player that is not kept, and the worker has it prepared (`prepare.py`).
"""
from patches import KEPT_PLAYERS, fits


def use_kept_players(ydl, kept, events):
    """`kept`: folder, and known: the digest of each player's file, by the address of the player. None: there are none.

    A yt-dlp that keeps players otherwise, or not at all, solves from the source each time.
    """
    if kept is None or not fits(KEPT_PLAYERS):
        return
    # Only now: it takes parts of yt-dlp that another version may lack.
    from kept_players import KeptPlayers, ask_for_players
    ask_for_players()
    ydl.cache = KeptPlayers(ydl, kept, events)
