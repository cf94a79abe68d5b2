"""The cookies of a job: put into yt-dlp's jar as the worker hands them over, and reported back when a site changes them.

`settings['cookies']`: `site` (the registrable domain, or the address, that they are for), `file` (where changes are written
to, in the job's folder), and `cookies`, in the form of `packages/cookies/src/cookie.ts`. They come with the job's order and
lie on no disk. What a site has changed is written down at once, so that it outlives this process and its worker.
"""
import contextlib
import http.cookiejar
import json
import os
import re
import threading
import time

# A set holds no more; a site may set as many as it likes.
CHANGES_MAX = 500
NAME_AND_VALUE_LENGTH_MAX = 4096
PATH_LENGTH_MAX = 1024
EXPIRES_MAX = 2**53 - 1
# What a set may hold, as `packages/cookies/src/cookie.ts` has it.
WELL_FORMED = {
    'domain': re.compile('[a-z0-9_:.-]{1,253}'),
    'path': re.compile('/[\\x20-\\x3a\\x3c-\\x7e]*'),
    'name': re.compile('[\\x21-\\x3a\\x3c\\x3e-\\x7e]+'),
    'value': re.compile('[\\x20-\\x3a\\x3c-\\x7e]*'),
}


def carry_cookies(ydl, settings, events):
    """Does nothing where the job has no cookies."""
    if settings is None:
        return
    jar = ydl.cookiejar
    # A cookie that was set for one host is for that host alone, as in browsers. Python's own rule is older.
    jar.set_policy(http.cookiejar.DefaultCookiePolicy(
        strict_ns_domain=http.cookiejar.DefaultCookiePolicy.DomainStrictNonDomain))
    for cookie in settings['cookies']:
        jar.set_cookie(_for_jar(cookie))
    # Some extractors look whether there is a file of cookies. Only `close` writes it, which nobody calls here.
    ydl.params['cookiefile'] = ''
    events.hide([cookie['value'] for cookie in settings['cookies']])
    watch = _Watch(jar, settings['site'], settings['file'], events)
    director = ydl._request_director
    send = director.send

    def send_and_look(request):
        try:
            return send(request)
        finally:
            watch.look()

    director.send = send_and_look


def _for_jar(cookie):
    below = cookie['includesSubdomains']
    return http.cookiejar.Cookie(
        version=0, name=cookie['name'], value=cookie['value'], port=None, port_specified=False,
        domain=('.' if below else '') + cookie['domain'], domain_specified=below, domain_initial_dot=below,
        path=cookie['path'], path_specified=True, secure=cookie['secure'], expires=cookie['expires'],
        discard=cookie['expires'] is None, comment=None, comment_url=None,
        rest={'HttpOnly': None} if cookie['httpOnly'] else {})


class _Watch:
    """Looks after each answer what has become of the cookies of the site."""

    def __init__(self, jar, site, file, events):
        self._jar = jar
        self._site = site
        self._file = file
        self._events = events
        self._lock = threading.Lock()
        self._changes = {}
        self._seen = self._present()

    def look(self):
        # Fragments are fetched by several threads.
        with self._lock:
            present = self._present()
            if present == self._seen:
                return
            now = int(time.time() * 1000)
            for key, cookie in present.items():
                if self._seen.get(key) != cookie:
                    self._note(key, {'set': {**cookie, 'changedAt': now}})
                    self._events.hide([cookie['value']])
            for key in self._seen.keys() - present.keys():
                domain, path, name = key
                self._note(key, {'removed': {'domain': domain, 'path': path, 'name': name}, 'changedAt': now})
            self._seen = present
            self._write()

    def _note(self, key, change):
        if key in self._changes or len(self._changes) < CHANGES_MAX:
            self._changes[key] = change

    def _write(self):
        """Whole or not at all. Where the disk is full, the next change tries again."""
        new = f'{self._file}.new'
        with contextlib.suppress(OSError):
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with open(descriptor, 'w', encoding='ascii') as file:
                json.dump(list(self._changes.values()), file)
            os.replace(new, self._file)

    def _present(self):
        """The cookies of the site by identity, without those that could not be kept."""
        now = time.time()
        return {(each['domain'], each['path'], each['name']): each
                for each in map(self._described, list(self._jar))
                if each is not None and not (each['expires'] and each['expires'] <= now)}

    def _described(self, cookie):
        """None for what is not the site's, is larger than browsers keep, or is malformed: it would take the place of another."""
        domain = cookie.domain.removeprefix('.').lower()
        # Python takes a cookie without a name for one without a value.
        if cookie.value is None or not (domain == self._site or domain.endswith(f'.{self._site}')):
            return None
        if len(cookie.name) + len(cookie.value) > NAME_AND_VALUE_LENGTH_MAX or len(cookie.path) > PATH_LENGTH_MAX:
            return None
        described = {
            'domain': domain,
            'includesSubdomains': cookie.domain.startswith('.'),
            'path': cookie.path,
            'name': cookie.name,
            'value': cookie.value,
            'expires': min(int(cookie.expires), EXPIRES_MAX) if cookie.expires and cookie.expires >= 1 else None,
            'secure': bool(cookie.secure),
            'httpOnly': cookie.has_nonstandard_attr('HttpOnly'),
        }
        return described if all(form.fullmatch(described[field]) for field, form in WELL_FORMED.items()) else None
