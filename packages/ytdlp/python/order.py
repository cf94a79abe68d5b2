"""The job as the worker hands it over: on a descriptor, since every user of the machine can read a command line."""
import json
import os

# Where a program that is started cold finds it. A waiting child has a connection of its own.
ORDER_DESCRIPTOR = 4


def receive_order(descriptor):
    """What the worker wrote, a line of JSON; None where the worker has gone or needs us no more."""
    received = bytearray()
    while not received.endswith(b'\n'):
        chunk = os.read(descriptor, 65536)
        if not chunk:
            return None
        received += chunk
    return json.loads(received)
