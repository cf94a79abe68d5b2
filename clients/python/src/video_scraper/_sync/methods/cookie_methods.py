# Made from _async/methods/cookie_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""Cookie sets, which need the scope `cookies`."""

from __future__ import annotations

from collections.abc import Sequence

from typing_extensions import Unpack

from ... import operations
from ...bodies import JsonCookie
from ...options import CallOptions
from ...schemas import CookieSetReply
from .call_methods import CallMethods


class CookieMethods(CallMethods):
    def put_cookies(
        self, name: str, cookies: str | Sequence[JsonCookie], **options: Unpack[CallOptions]
    ) -> CookieSetReply:
        """`putCookies`: the text of a `cookies.txt`, or a list. They replace what lies under the name."""
        return self._data(operations.PUT_COOKIES, path={"name": name}, body=cookies, options=options)

    def list_cookies(self, **options: Unpack[CallOptions]) -> Sequence[CookieSetReply]:
        """`listCookies`"""
        return (self._data(operations.LIST_COOKIES, options=options)).cookies

    def get_cookies(self, name: str, **options: Unpack[CallOptions]) -> CookieSetReply:
        """`getCookies`"""
        return self._data(operations.GET_COOKIES, path={"name": name}, options=options)

    def delete_cookies(self, name: str, **options: Unpack[CallOptions]) -> None:
        """`deleteCookies`"""
        self._answer(operations.DELETE_COOKIES, path={"name": name}, options=options)
