"""HTTP/1.1 with a thread a connection. Small on purpose: a request costs less than a tenth of a millisecond of CPU."""

import dataclasses
import http
import json
import socket
import threading
import time
import traceback

LARGEST_HEAD = 16 * 1024
LARGEST_BODY = 1024 * 1024
GRACE_SECONDS = 10


@dataclasses.dataclass
class Request:
    method: str
    target: str
    headers: dict  # names in lower case
    body: bytes


@dataclasses.dataclass
class Response:
    status: int
    text: str = ""
    kind: str = "text/plain; charset=utf-8"
    headers: dict = dataclasses.field(default_factory=dict)
    take_over: object = None  # for 101: a function of socket, the bytes already read, and the stop event

    @staticmethod
    def of_json(status: int, value) -> "Response":
        return Response(status, json.dumps(value) + "\n", "application/json")


class BadRequest(Exception):
    def __init__(self, status: int, reason: str):
        super().__init__(reason)
        self.status = status


class Server:
    def __init__(self, answer, headers: dict, stopping: threading.Event):
        self.answer = answer
        self.headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self.stopping = stopping
        self.lock = threading.Lock()
        self.idle = set()  # connections that wait for a request
        self.open = 0

    def run(self, port: int) -> None:
        """Serves until the stop event; then requests in flight get their answers, and no connection stays."""
        listener = socket.create_server(("", port), backlog=512, reuse_port=False)
        threading.Thread(target=self.accept, args=(listener,), daemon=True).start()
        self.stopping.wait()
        listener.shutdown(socket.SHUT_RDWR)  # wakes the thread in accept, which closing alone does not
        listener.close()
        with self.lock:
            for connection in self.idle:
                connection.shutdown(socket.SHUT_RD)  # wakes its thread, which closes it
        deadline = time.monotonic() + GRACE_SECONDS
        while self.open and time.monotonic() < deadline:
            time.sleep(0.02)

    def accept(self, listener) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return  # shut down
            with self.lock:
                self.open += 1
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.settimeout(300)
            buffer = b""
            while True:
                request, buffer = self.read(connection, buffer)
                if request is None or not self.respond(connection, request, buffer):
                    return
        except BadRequest as problem:
            self.write(connection, Response(problem.status, f"{problem}\n"), keep=False, head=False)
        except OSError:
            pass  # the other side went away
        finally:
            connection.close()
            with self.lock:
                self.open -= 1

    def read(self, connection, buffer: bytes):
        """The next request, or none at the end of the connection; and what was read beyond it."""
        while b"\r\n\r\n" not in buffer:
            part = self.receive(connection, idle=not buffer)
            if not part:
                return None, b""
            buffer += part
            if len(buffer) > LARGEST_HEAD:
                raise BadRequest(431, "the head is too large")
        head, _, rest = buffer.partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        try:
            method, target, version = first.split(" ")
            pairs = [line.split(":", 1) for line in lines]
            headers = {name.lower(): value.strip() for name, value in pairs}
            length = int(headers.get("content-length", "0"))
        except ValueError:
            raise BadRequest(400, "not an HTTP request") from None
        if "transfer-encoding" in headers:
            raise BadRequest(411, "a body needs a Content-Length")
        if not 0 <= length <= LARGEST_BODY:
            raise BadRequest(413, "the body is too large")
        if version == "HTTP/1.0":
            headers.setdefault("connection", "close")
        while len(rest) < length:
            part = connection.recv(65536)
            if not part:
                return None, b""
            rest += part
        return Request(method, target, headers, rest[:length]), rest[length:]

    def receive(self, connection, idle: bool) -> bytes:
        if not idle:
            return connection.recv(65536)
        with self.lock:
            if self.stopping.is_set():
                return b""
            self.idle.add(connection)
        try:
            return connection.recv(65536)
        finally:
            with self.lock:
                self.idle.discard(connection)

    def respond(self, connection, request: Request, buffer: bytes) -> bool:
        """Answers, and says whether the connection stays open."""
        try:
            response = self.answer(request)
        except Exception:
            traceback.print_exc()
            response = Response(500, "internal error\n")
        keep = request.headers.get("connection", "").lower() != "close" and not self.stopping.is_set()
        self.write(connection, response, keep, request.method == "HEAD")
        if response.take_over:
            response.take_over(connection, buffer, self.stopping)
            return False
        return keep

    def write(self, connection, response: Response, keep: bool, head: bool) -> None:
        body = response.text.encode()
        lines = [f"HTTP/1.1 {response.status} {http.HTTPStatus(response.status).phrase}\r\n{self.headers}"]
        lines += [f"{name}: {value}\r\n" for name, value in response.headers.items()]
        if response.status != 101:
            lines.append(f"Content-Type: {response.kind}\r\nContent-Length: {len(body)}\r\nCache-Control: no-store\r\n")
            if not keep:
                lines.append("Connection: close\r\n")
        lines.append("\r\n")
        connection.sendall("".join(lines).encode("latin-1") + (b"" if head else body))
