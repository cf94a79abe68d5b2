"""Gives a job what the worker keeps in the place of yt-dlp's cache, where this yt-dlp asks its cache as we know it to.

Whoever may write into a cache decides what others use. So a job only tells what it had to find by itself, and the worker has
that found apart (`prepare.py`, `find_value.py`).
"""
from patches import KEPT_CACHE, KEPT_PLAYERS, KEPT_VALUES, fits


def use_what_is_kept(ydl, settings, events):
    """`players` and `values` of the settings: as `kept_players.py` and `kept_values.py` take them. Missing: none is kept.

    A yt-dlp that keeps something otherwise, or not at all, finds it by itself each time.
    """
    # Only now are they imported: they take parts of yt-dlp that another version may lack.
    parts = []
    if settings.get('players') is not None and fits(KEPT_PLAYERS):
        from kept_players import KeptPlayers, ask_for_players
        ask_for_players()
        parts.append(KeptPlayers(settings['players'], events))
    if settings.get('values') is not None and fits(KEPT_VALUES):
        from kept_values import KeptValues
        parts.append(KeptValues(settings['values'], events))
    if parts and fits(KEPT_CACHE):
        from kept_cache import KeptCache
        ydl.cache = KeptCache(ydl, parts)
