"""Whether there is space for a download, checked by its plan before the first byte is fetched."""
from guard import FileTooLarge, NotEnoughQuota, NotEnoughDisk


def refuse_what_cannot_fit(plan, settings):
    """Raises what forbids the plan. Settings: maxFileBytes (0: no limit); diskFreeBytes and ownerFreeBytes, where limited.

    Only what the source states counts against the limit of a file; for the disk its own estimate is good enough, since
    too little space would show only after everything had been fetched.
    """
    stated = sum(each['filesize'] or 0 for each in plan['formats'])
    if 0 < settings.get('maxFileBytes', 0) < stated:
        raise FileTooLarge
    expected = sum(each['filesize'] or each['filesize_approx'] or 0 for each in plan['formats'])
    if expected > settings.get('ownerFreeBytes', expected):
        raise NotEnoughQuota
    if expected * plan['copies'] > settings.get('diskFreeBytes', expected * plan['copies']):
        raise NotEnoughDisk
