#!/usr/bin/env python3
"""Holds back packets that a rule of the packet filter sends to queues of user space, for kernels without netem.

usage: delay.py MILLISECONDS QUEUE...      (rule: iptables -j NFQUEUE --queue-num QUEUE --queue-bypass)
"""
import heapq
import os
import select
import socket
import struct
import sys
import time

NETLINK_NETFILTER = 12
SOL_NETLINK, NETLINK_NO_ENOBUFS = 270, 5
SO_RCVBUFFORCE = 33
SUBSYSTEM_QUEUE = 3 << 8
PACKET, VERDICT, CONFIG, ERROR = SUBSYSTEM_QUEUE | 0, SUBSYSTEM_QUEUE | 1, SUBSYSTEM_QUEUE | 2, 2
ACCEPT = struct.pack(">I", 1)


def message(kind, queue, body):
    body = struct.pack("=BBH", 0, 0, socket.htons(queue)) + body
    return struct.pack("=IHHII", 16 + len(body), kind, 1, 0, 0) + body


def attribute(kind, value):
    return struct.pack("=HH", 4 + len(value), kind) + value + b"\0" * (-len(value) % 4)


def packets(data):
    """Queue and number of each packet in what the kernel has sent."""
    offset = 0
    while offset + 16 <= len(data):
        length, kind = struct.unpack_from("=IH", data, offset)
        if kind == PACKET:
            queue = struct.unpack_from(">H", data, offset + 18)[0]
            at = offset + 20
            while at < offset + length:
                size, name = struct.unpack_from("=HH", data, at)
                if name == 1:
                    yield queue, data[at + 4 : at + 8]
                    break
                at += (size + 3) & ~3
        elif kind == ERROR and struct.unpack_from("=i", data, offset + 16)[0]:
            sys.exit("the kernel refuses: " + os.strerror(-struct.unpack_from("=i", data, offset + 16)[0]))
        offset += (length + 3) & ~3


def main(delay, queues):
    kernel = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_NETFILTER)
    kernel.bind((0, 0))
    for option in (socket.SO_RCVBUF, SO_RCVBUFFORCE):
        try:
            kernel.setsockopt(socket.SOL_SOCKET, option, 16 << 20)
        except OSError:
            pass
    kernel.setsockopt(SOL_NETLINK, NETLINK_NO_ENOBUFS, 1)
    for queue in queues:
        kernel.send(message(CONFIG, queue, attribute(1, struct.pack(">BBH", 1, 0, 0))))  # bind
        kernel.send(message(CONFIG, queue, attribute(2, struct.pack(">IB", 64, 2))))  # copy 64 bytes of each packet
        kernel.send(message(CONFIG, queue, attribute(3, struct.pack(">I", 65536))))  # longest queue
    kernel.setblocking(False)
    held = []
    count = 0
    print("ready", flush=True)
    while True:
        wait = max(0, held[0][0] - time.monotonic()) if held else None
        if select.select([kernel], [], [], wait)[0]:
            try:
                while True:
                    for queue, number in packets(kernel.recv(1 << 17)):
                        count += 1
                        heapq.heappush(held, (time.monotonic() + delay, count, queue, number))
            except BlockingIOError:
                pass
        while held and held[0][0] <= time.monotonic():
            _, _, queue, number = heapq.heappop(held)
            kernel.send(message(VERDICT, queue, attribute(2, ACCEPT + number)))


main(float(sys.argv[1]) / 1000, [int(queue) for queue in sys.argv[2:]])
