"""A small real SMTP server on this machine that keeps what it is given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Room(socketserver.ThreadingTCPServer):
    """The server. A letter counts as taken once it has come in whole, whether or not the sender hears that it has."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Desk)
        self.letters: list[str] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def headers(self, name: str) -> list[str]:
        """What a header says, letter by letter."""
        start = f"{name}: "
        return [line[len(start) :] for one in self.letters for line in one.splitlines() if line.startswith(start)]


class Desk(socketserver.StreamRequestHandler):
    """One conversation of that server."""

    server: Room

    def handle(self) -> None:
        try:
            self.talk()
        except ConnectionError:
            return

    def talk(self) -> None:
        self.say(b"220 ready")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.say(b"354 go on")
                if (letter := self.letter()) is None:
                    return
                self.server.letters.append(letter)
                self.say(b"250 taken")
            elif word == b"QUIT":
                self.say(b"221 bye")
                return
            elif b"khong-co" in line:
                self.say(b"550 nobody of that name")
            elif b"de-sau" in line:
                self.say(b"451 not now, try again later")
            else:
                self.say(b"250 fine")

    def letter(self) -> str | None:
        """The letter that comes in; None when the line breaks before its end."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return None
            lines.append(line.decode())
        return "".join(lines)

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@contextmanager
def open_room() -> Iterator[Room]:
    """A server that takes letters until the block ends."""
    room = Room()
    thread = threading.Thread(target=room.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield room
    finally:
        room.shutdown()
        room.server_close()
        thread.join()
