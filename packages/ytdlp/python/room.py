"""Whether there is room for a download, judged by its plan before the first byte is fetched."""
from guard import FileTooLarge, NoRoomForOwner, NoRoomOnDisk


def refuse_what_cannot_fit(plan, settings):
    """Raises what forbids the plan. Settings: maxFileBytes (0: no limit); diskRoomBytes and ownerRoomBytes, where limited.

    Only what the source states counts against the limit of a file; for room its own estimate is good enough, since
    too little room would show only after everything had been fetched.
    """
    stated = sum(each['filesize'] or 0 for each in plan['formats'])
    if 0 < settings.get('maxFileBytes', 0) < stated:
        raise FileTooLarge
    expected = sum(each['filesize'] or each['filesize_approx'] or 0 for each in plan['formats'])
    if expected > settings.get('ownerRoomBytes', expected):
        raise NoRoomForOwner
    if expected * plan['copies'] > settings.get('diskRoomBytes', expected * plan['copies']):
        raise NoRoomOnDisk
