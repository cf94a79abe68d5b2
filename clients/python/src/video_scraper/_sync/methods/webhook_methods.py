# Made from _async/methods/webhook_methods.py by scripts/generate.mjs. Change that one, then run npm run openapi.
"""Webhooks, and what was sent to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from typing_extensions import Unpack

from ... import operations
from ...bodies import ChangeWebhookBody, ListDeliveriesQuery, RegisterWebhookBody, ReplayDeliveriesBody
from ...options import CallOptions
from ...page import Page
from ...schemas import (
    DeliveriesAccepted,
    DeliveryAccepted,
    DeliveryReply,
    RegisteredWebhookReply,
    RotatedSecretReply,
    WebhookReply,
)
from ..paging import each_item
from .call_methods import CallMethods


class WebhookMethods(CallMethods):
    def register_webhook(
        self, body: RegisterWebhookBody, **options: Unpack[CallOptions]
    ) -> RegisteredWebhookReply:
        """`registerWebhook`: the secret is in this answer alone."""
        return self._data(operations.REGISTER_WEBHOOK, body=body, options=options)

    def list_webhooks(self, **options: Unpack[CallOptions]) -> Sequence[WebhookReply]:
        """`listWebhooks`"""
        return (self._data(operations.LIST_WEBHOOKS, options=options)).webhooks

    def get_webhook(self, id: str, **options: Unpack[CallOptions]) -> WebhookReply:
        """`getWebhook`"""
        return self._data(operations.GET_WEBHOOK, path={"webhook_id": id}, options=options)

    def change_webhook(self, id: str, body: ChangeWebhookBody, **options: Unpack[CallOptions]) -> WebhookReply:
        """`changeWebhook`"""
        path = {"webhook_id": id}
        return self._data(operations.CHANGE_WEBHOOK, path=path, body=body, options=options)

    def delete_webhook(self, id: str, **options: Unpack[CallOptions]) -> None:
        """`deleteWebhook`"""
        self._answer(operations.DELETE_WEBHOOK, path={"webhook_id": id}, options=options)

    def test_webhook(self, id: str, **options: Unpack[CallOptions]) -> DeliveryAccepted:
        """`testWebhook`: sends an event of the type `test`, once."""
        return self._data(operations.TEST_WEBHOOK, path={"webhook_id": id}, options=options)

    def rotate_webhook_secret(self, id: str, **options: Unpack[CallOptions]) -> RotatedSecretReply:
        """`rotateWebhookSecret`: for 24 hours events are signed with the new secret and with the one before."""
        return self._data(operations.ROTATE_WEBHOOK_SECRET, path={"webhook_id": id}, options=options)

    def list_deliveries(
        self, id: str, query: ListDeliveriesQuery | None = None, **options: Unpack[CallOptions]
    ) -> Page[DeliveryReply]:
        """`listDeliveries`: one page."""
        path = {"webhook_id": id}
        found = self._data(operations.LIST_DELIVERIES, path=path, query=query, options=options)
        return Page(found.deliveries, found.next_cursor)

    def deliveries(
        self, id: str, query: ListDeliveriesQuery | None = None, **options: Unpack[CallOptions]
    ) -> Iterator[DeliveryReply]:
        """What was sent to the webhook, newest first."""

        def page(cursor: str | None) -> Page[DeliveryReply]:
            own: ListDeliveriesQuery = query.copy() if query else {}
            if cursor is not None:
                own["cursor"] = cursor
            return self.list_deliveries(id, own, **options)

        return each_item(page)

    def replay_deliveries(
        self, id: str, body: ReplayDeliveriesBody, **options: Unpack[CallOptions]
    ) -> DeliveriesAccepted:
        """`replayDeliveries`: all that was skipped, has failed or is pending."""
        path = {"webhook_id": id}
        return self._data(operations.REPLAY_DELIVERIES, path=path, body=body, options=options)

    def replay_delivery(self, id: str, delivery_id: str, **options: Unpack[CallOptions]) -> DeliveryAccepted:
        """`replayDelivery`"""
        path = {"webhook_id": id, "delivery_id": delivery_id}
        return self._data(operations.REPLAY_DELIVERY, path=path, options=options)
