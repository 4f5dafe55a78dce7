"""A WebSocket (RFC 6455) that sends back what it gets."""

import base64
import hashlib
import socket
import struct

import server

ACCEPT = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
LARGEST_MESSAGE = 1024 * 1024
GOING_AWAY, PROTOCOL_ERROR, TOO_BIG = 1001, 1002, 1009
LOOK_SECONDS = 0.25  # how often a silent connection looks whether the server stops


class Closed(Exception):
    """The connection ends; code is what the other side is told, if anything."""

    def __init__(self, code=None):
        super().__init__(code)
        self.code = code


def accept(request: server.Request) -> server.Response:
    key = request.headers.get("sec-websocket-key")
    if request.headers.get("upgrade", "").lower() != "websocket" or not key:
        return server.Response(426, "a WebSocket is here\n", headers={"Upgrade": "websocket"})
    answer = base64.b64encode(hashlib.sha1(key.encode() + ACCEPT).digest()).decode()
    return server.Response(
        101,
        headers={"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": answer},
        take_over=lambda connection, buffer, stopping: Echo(connection, buffer, stopping).run(),
    )


class Echo:
    def __init__(self, connection, buffer: bytes, stopping):
        self.connection = connection
        self.buffer = bytearray(buffer)
        self.stopping = stopping

    def run(self) -> None:
        self.connection.settimeout(LOOK_SECONDS)
        message, kind = b"", TEXT
        try:
            while True:
                final, operation, payload = self.frame()
                if operation == CLOSE:
                    self.send(CLOSE, payload[:2])
                    return
                if operation == PING:
                    self.send(PONG, payload)
                elif operation in (0, TEXT, BINARY):
                    kind = operation or kind
                    message += payload
                    if len(message) > LARGEST_MESSAGE:
                        raise Closed(TOO_BIG)
                    if final:
                        self.send(kind, message)
                        message = b""
                elif operation != PONG:
                    raise Closed(PROTOCOL_ERROR)
        except Closed as closed:
            if closed.code:
                self.send(CLOSE, struct.pack("!H", closed.code))

    def frame(self):
        first, second = self.take(2)
        length = second & 127
        if length == 126:
            (length,) = struct.unpack("!H", self.take(2))
        elif length == 127:
            (length,) = struct.unpack("!Q", self.take(8))
        if not second & 128:
            raise Closed(PROTOCOL_ERROR)  # what a client sends is masked
        if length > LARGEST_MESSAGE:
            raise Closed(TOO_BIG)
        mask = self.take(4)
        payload = self.take(length)
        long_mask = (mask * (length // 4 + 1))[:length]
        unmasked = int.from_bytes(payload, "big") ^ int.from_bytes(long_mask, "big")
        return bool(first & 128), first & 15, unmasked.to_bytes(length, "big")

    def take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            try:
                part = self.connection.recv(65536)
            except socket.timeout:
                if self.stopping.is_set():
                    raise Closed(GOING_AWAY) from None
                continue
            if not part:
                raise Closed()
            self.buffer += part
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def send(self, operation: int, payload: bytes) -> None:
        if len(payload) < 126:
            head = struct.pack("!BB", 128 | operation, len(payload))
        elif len(payload) < 65536:
            head = struct.pack("!BBH", 128 | operation, 126, len(payload))
        else:
            head = struct.pack("!BBQ", 128 | operation, 127, len(payload))
        self.connection.sendall(head + payload)
