"""Makes of a player's source what jobs run, in a process that is given nothing but that source and reaches nobody.

yt-dlp-ejs does it, as it does within a job. What it made must solve what the source solves.
"""
import json
import os

from in_deno import in_deno

TIMEOUT_SECONDS = 30
# As long as YouTube's, and other ones: a player reads neither from anywhere else.
TRIALS = (
    {'type': 'n', 'challenges': ['kHbVvzGc8Ip3Yd0ZqTs', 'ZdZIqFPQK-Ty8wId', '0123456789abcdefg']},
    {'type': 'sig', 'challenges': [''.join(map(chr, range(length))) for length in (100, 106, 108)]},
)


class NoSolver(Exception):
    """No solver was found in the source, or not one that solves."""


def prepare(folder, deno):
    """Reads `source` in the folder, and writes `prepared`."""
    with open(os.path.join(folder, 'source'), encoding='utf-8', newline='') as file:
        source = file.read()
    first = _solve(deno, {'type': 'player', 'player': source, 'requests': TRIALS, 'output_preprocessed': True})
    prepared = first['preprocessed_player']
    again = _solve(deno, {'type': 'preprocessed', 'preprocessed_player': prepared, 'requests': TRIALS})
    if again['responses'] != first['responses']:
        raise NoSolver('What was made of it solves something else.')
    with open(os.path.join(folder, 'prepared'), 'w', encoding='utf-8', newline='') as file:
        file.write(prepared)


def _solve(deno, request):
    from yt_dlp_ejs.yt import solver
    program = f'{solver.lib()}\nObject.assign(globalThis, lib);\n{solver.core()}\nconsole.log(JSON.stringify(jsc({json.dumps(request)})));\n'
    found = json.loads(in_deno(deno, program, TIMEOUT_SECONDS))
    if found.get('type') != 'result' or not all(map(_is_solved, found['responses'])):
        raise NoSolver('It does not solve.')
    return found


def _is_solved(response):
    """A player that stumbles gives back what it was given."""
    return response.get('type') == 'result' and all(text and not text.endswith(given) for given, text in response['data'].items())
