"""Which formats common requests would take: by the very rules of a download, of the formats that there are now."""
from format_ids import listed_id
from preferences import prefer
from video import formats_of


def best_formats(ydl, info, requests):
    """`requests`: the format language, the order and the preferences of each, as `src/common-requests.ts` says them.

    The answer has the ids of the formats in the same order, joined by `+`; None where a request would take nothing.
    """
    order = ydl.params.get('format_sort')
    try:
        return [_taken(ydl, info, each) for each in requests]
    finally:
        ydl.params['format_sort'] = order


def _taken(ydl, info, request):
    record = {**info, 'formats': [dict(each) for each in formats_of(info)]}
    ydl.params['format_sort'] = request['sort'].split(',')
    # One format has no order.
    if len(record['formats']) > 1:
        prefer(ydl, record, request['preferences'])
    chosen = ydl._select_formats(record['formats'], ydl.build_format_selector(request['format']))
    if not chosen:
        return None
    parts = chosen[-1].get('requested_formats') or chosen[-1:]
    return '+'.join(listed_id(str(each.get('format_id'))) for each in parts)
