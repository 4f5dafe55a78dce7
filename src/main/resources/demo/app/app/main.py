"""The demo's app. Roles: web answers readers, worker processes the orders that they place."""

import os
import signal
import sys
import threading

import web
import worker


def main(role: str) -> None:
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopping.set())
    signal.signal(signal.SIGINT, lambda *_: stopping.set())
    print(f"{role} of release {os.environ.get('RELEASE', 'none')} in {os.environ.get('REGION', 'nowhere')}")
    if role == "web":
        web.run(stopping)
    elif role == "worker":
        worker.run(stopping)
    else:
        sys.exit(f"unknown role {role}: web or worker")
    print(f"{role} stopped")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "web")
