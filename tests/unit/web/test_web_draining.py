"""An answer waits until the body has been read, up to a size and a time."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

from overzicht.web.draining import RequestDrain

SENT = ((b"content-length", b"1"),)


class Sender:
    """Somebody who sends pieces of a body, and may stop before the last."""

    def __init__(self, pieces: int, *, stops: bool = False) -> None:
        self.left = pieces
        self.stops = stops
        self.answers: list[str] = []
        self.left_at_answer = -1

    async def receive(self) -> Message:
        if self.left == 0:
            if self.stops:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}
        self.left -= 1
        more = self.left > 0 or self.stops
        return {"type": "http.request", "body": b"x" * 10, "more_body": more}

    async def send(self, message: Message) -> None:
        if not self.answers:
            self.left_at_answer = self.left
        self.answers.append(message["type"])


async def refuses(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": []})
    await send({"type": "http.response.body", "body": b"too large"})


async def reads_two(scope: Scope, receive: Receive, send: Send) -> None:
    await receive()
    await receive()
    await refuses(scope, receive, send)


def run(sender: Sender, *, app: object = refuses, most: int = 1_000, headers: object = SENT) -> None:
    drain = RequestDrain(app, most, seconds=0.2)  # type: ignore[arg-type]
    scope: Scope = {"type": "http", "headers": headers}
    asyncio.run(drain(scope, sender.receive, sender.send))
    assert sender.answers == ["http.response.start", "http.response.body"]


@pytest.mark.parametrize("app", [refuses, reads_two])
def test_the_whole_body_is_read_before_the_answer(app: object) -> None:
    sender = Sender(7)
    run(sender, app=app)
    assert sender.left_at_answer == 0


def test_a_body_past_the_limit_is_not_waited_for() -> None:
    sender = Sender(1_000)
    run(sender, most=50)
    assert sender.left_at_answer == 1_000 - 6


def test_a_sender_that_stops_is_answered_in_time() -> None:
    sender = Sender(3, stops=True)
    run(sender)
    assert sender.left_at_answer == 0


def test_a_body_that_was_read_is_not_asked_for_again() -> None:
    sender = Sender(2)
    run(sender, app=reads_two)
    assert sender.left_at_answer == 0


@pytest.mark.parametrize("headers", [(), (*SENT, (b"expect", b"100-continue"))])
def test_nothing_is_read_where_nothing_is_sent(headers: object) -> None:
    sender = Sender(5)
    run(sender, headers=headers)
    assert sender.left_at_answer == 5
