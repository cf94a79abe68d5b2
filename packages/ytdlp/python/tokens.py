"""Lets yt-dlp ask the operator's provider for PO tokens, where this yt-dlp has providers as we know them."""
from patches import PO_TOKENS, fits

# `src/warnings.ts` knows the sentence.
CANNOT_ASK = 'PO tokens cannot be asked for with this version of yt-dlp'


def use_tokens(ydl, address, events):
    """`address`: where they are asked for, which the egress proxy alone knows. None: nowhere."""
    if address is None:
        return
    try:
        if not fits(PO_TOKENS):
            raise ImportError(CANNOT_ASK)
        # Only now: it takes parts of yt-dlp that another version may lack.
        from po_tokens import ask_at
    except ImportError:
        ydl.report_warning(CANNOT_ASK)
        return
    ask_at(address, events)
