"""Processes the orders. Any number of workers may run: each takes rows that no other holds."""

import os
import time

import psycopg2

import storage

BATCH = """
    UPDATE orders SET processed = now() WHERE number IN (
      SELECT number FROM orders WHERE processed IS NULL ORDER BY number LIMIT 50 FOR UPDATE SKIP LOCKED)
    RETURNING number"""
IDLE_SECONDS = 0.5
REPORT_SECONDS = 10


def run(stopping) -> None:
    database = storage.Database(connections=1)
    prepared = False
    processed = 0
    reported = time.monotonic()
    while not stopping.is_set():
        try:
            if not prepared:
                database.prepare()
                prepared = True
            taken = len(database.rows(BATCH))
        except psycopg2.Error as problem:
            print(f"no database: {problem}".strip())
            stopping.wait(1)
            continue
        alive()
        processed += taken
        if processed and time.monotonic() - reported >= REPORT_SECONDS:
            print(f"processed {processed} orders")
            processed = 0
            reported = time.monotonic()
        if taken == 0:
            stopping.wait(IDLE_SECONDS)


def alive() -> None:
    """Notes the time for the health check, as a whole: it may read at any moment."""
    with open("/tmp/alive.new", "w") as file:
        file.write(f"{int(time.time())}\n")
    os.replace("/tmp/alive.new", "/tmp/alive")
