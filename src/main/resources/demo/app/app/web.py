"""What readers get. Every answer says by which release and in which region it was made."""

import html
import itertools
import json
import os
import queue
import socket
import string
import threading
import time
import urllib.parse

import psycopg2

import server
import storage
import websocket

RELEASE = os.environ.get("RELEASE", "none")
REGION = os.environ.get("REGION", "nowhere")
FAULT = os.environ.get("FAULT", "")  # heartbeat: never healthy; requests: healthy, and every second page fails
REPLICA = socket.gethostname()
UNAVAILABLE = (psycopg2.Error, OSError, queue.Empty)


class Web:
    def __init__(self):
        self.database = storage.Database(connections=4)
        self.memcached = storage.Memcached(connections=4)
        self.prepared = False
        self.pages = itertools.count()
        self.orders = (0.0, "0")  # when it was counted, and the count
        with open(os.path.join(os.path.dirname(__file__), "page.html")) as file:
            self.template = string.Template(file.read())

    def answer(self, request: server.Request) -> server.Response:
        try:
            return self.route(request)
        except UNAVAILABLE as problem:
            return server.Response(503, f"no database: {problem}".strip() + "\n")

    def route(self, request: server.Request) -> server.Response:
        path, _, query = request.target.partition("?")
        route = (request.method if request.method != "HEAD" else "GET", path)
        if route == ("GET", "/"):
            return self.page()
        if route == ("GET", "/heartbeat"):
            return self.heartbeat()
        if route == ("GET", "/slow"):
            return self.slow(urllib.parse.parse_qs(query))
        if route == ("POST", "/orders"):
            return self.order(request)
        if route == ("GET", "/orders"):
            return self.list_orders()
        if route == ("GET", "/orders/summary"):
            return self.summary()
        if route == ("GET", "/ws"):
            return websocket.accept(request)
        return server.Response(404, "not found\n")

    def page(self) -> server.Response:
        if FAULT == "requests" and next(self.pages) % 2 == 1:
            return server.Response(500, "this release fails every second page\n")
        try:
            visits = f"{self.memcached.increment('visits'):,}"
        except UNAVAILABLE:
            visits = "–"  # the page is worth serving without the counter
        values = {
            "greeting": os.environ.get("GREETING", "Hello"),
            "place": os.environ.get("PLACE", "somewhere"),
            "region": REGION,
            "release": RELEASE,
            "replica": REPLICA[:12],
            "visits": visits,
            "orders": self.count_orders(),
            "hue": str(sum(RELEASE.encode()) * 47 % 360),
        }
        escaped = {name: html.escape(value) for name, value in values.items()}
        return server.Response(200, self.template.substitute(escaped), "text/html; charset=utf-8")

    def count_orders(self) -> str:
        """Counted once a second at most, for all pages of that second."""
        counted, orders = self.orders
        if time.monotonic() - counted > 1:
            self.orders = (time.monotonic(), orders)
            try:
                orders = f"{self.ready().rows('SELECT count(*) FROM orders')[0][0]:,}"
            except UNAVAILABLE:
                orders = "–"
            self.orders = (time.monotonic(), orders)
        return orders

    def heartbeat(self) -> server.Response:
        if FAULT == "heartbeat":
            return server.Response(503, "this release is never healthy\n")
        self.ready().rows("SELECT 1")
        return server.Response(200, "ok\n")

    @staticmethod
    def slow(parameters) -> server.Response:
        try:
            milliseconds = int(parameters.get("ms", ["1000"])[0])
        except ValueError:
            return server.Response(400, "ms is a number\n")
        time.sleep(min(max(milliseconds, 0), 30_000) / 1000)
        return server.Response(200, f"took {milliseconds} ms\n")

    def order(self, request: server.Request) -> server.Response:
        """Every run leaves a row, also the second run of an order, so that runs can be counted against orders."""
        identity = request.body.decode(errors="replace").strip()
        if not 0 < len(identity) <= 200:
            return server.Response(400, "the body is the id of the order, chosen by who sends it\n")
        ((duplicate,),) = self.ready().rows(
            """INSERT INTO orders (id, duplicate, release)
               VALUES (%s, EXISTS (SELECT FROM orders WHERE id = %s), %s) RETURNING duplicate""",
            (identity, identity, RELEASE),
        )
        return server.Response.of_json(201, {"id": identity, "duplicate": duplicate})

    def list_orders(self) -> server.Response:
        """One order a line: how often it ran, and its id."""
        rows = self.ready().rows("SELECT count(*), id FROM orders GROUP BY id ORDER BY min(number)")
        return server.Response(200, "".join(f"{count} {identity}\n" for count, identity in rows))

    def summary(self) -> server.Response:
        ((count, distinct, processed),) = self.ready().rows(
            "SELECT count(*), count(DISTINCT id), count(processed) FROM orders"
        )
        return server.Response.of_json(
            200, {"count": count, "distinct": distinct, "duplicates": count - distinct, "processed": processed}
        )

    def ready(self) -> storage.Database:
        if not self.prepared:
            self.database.prepare()
            self.prepared = True
        return self.database


def run(stopping: threading.Event) -> None:
    server.Server(
        Web().answer, {"X-Release": RELEASE, "X-Region": REGION, "X-Replica": REPLICA[:12]}, stopping
    ).run(int(os.environ.get("PORT", "3000")))
