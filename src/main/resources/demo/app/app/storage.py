"""The database and memcached. Connections are kept in small pools: a thread borrows one for a moment."""

import contextlib
import os
import queue
import socket

import psycopg2

LOCK = 4217  # any number; orders the processes that make the tables at the same time


class Pool:
    def __init__(self, connect, limit: int):
        self.connect = connect
        self.free = queue.LifoQueue()
        for _ in range(limit):
            self.free.put(None)  # a place without a connection yet

    @contextlib.contextmanager
    def borrowed(self):
        """A connection. When its use fails it is closed, and so are those at rest: most often the server has gone."""
        connection = self.free.get(timeout=2)
        try:
            if connection is None:
                connection = self.connect()
            yield connection
        except BaseException:
            close(connection)
            connection = None
            for _ in range(self.free.qsize()):
                with contextlib.suppress(queue.Empty):
                    close(self.free.get_nowait())
                    self.free.put(None)
            raise
        finally:
            self.free.put(connection)


def close(connection) -> None:
    if connection is not None:
        with contextlib.suppress(Exception):
            connection.close()


class Database:
    def __init__(self, connections: int):
        self.pool = Pool(self._connect, connections)

    @staticmethod
    def _connect():
        connection = psycopg2.connect(
            host=os.environ.get("DATABASE_HOST", "db"),
            user=os.environ["POSTGRES_USER"],
            password=os.environ["POSTGRES_PASSWORD"],
            dbname=os.environ["POSTGRES_DB"],
            connect_timeout=2,
            options="-c statement_timeout=3000",
        )
        connection.autocommit = True
        return connection

    def rows(self, query: str, values=()):
        """Runs one statement in a transaction of its own and returns its rows, if it has any."""
        with self.pool.borrowed() as connection, connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def prepare(self):
        """Makes the table, once, however many processes begin at the same moment."""
        self.rows(
            f"""
            DO $$ BEGIN
              PERFORM pg_advisory_xact_lock({LOCK});
              CREATE TABLE IF NOT EXISTS orders (
                number bigserial PRIMARY KEY, id text NOT NULL, duplicate boolean NOT NULL, release text NOT NULL,
                received timestamptz NOT NULL DEFAULT now(), processed timestamptz);
              CREATE INDEX IF NOT EXISTS orders_id ON orders (id);
              CREATE INDEX IF NOT EXISTS orders_waiting ON orders (number) WHERE processed IS NULL;
            END $$"""
        )


class Memcached:
    """As much of the text protocol as a counter needs."""

    def __init__(self, connections: int):
        self.pool = Pool(self._connect, connections)

    @staticmethod
    def _connect():
        connection = socket.create_connection((os.environ.get("MEMCACHED_HOST", "memcached"), 11211), timeout=1)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connection

    def increment(self, name: str) -> int:
        with self.pool.borrowed() as connection:
            value = self._ask(connection, f"incr {name} 1\r\n")
            if value == "NOT_FOUND":
                if self._ask(connection, f"add {name} 0 0 1\r\n1\r\n") == "STORED":
                    return 1
                value = self._ask(connection, f"incr {name} 1\r\n")  # somebody else added it
            return int(value)

    @staticmethod
    def _ask(connection, request: str) -> str:
        connection.sendall(request.encode())
        answer = b""
        while not answer.endswith(b"\r\n"):
            part = connection.recv(1024)
            if not part:
                raise ConnectionError("memcached closed the connection")
            answer += part
        return answer.decode().strip()
