package dev.portolan.haproxy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;

/** Addresses of this machine alone, a new one for each that asks, as containers have: all listen on the port of their service. */
final class Loopback {
    private static final AtomicInteger GIVEN = new AtomicInteger();

    /** Tests that run at the same time in another process have others. */
    private static final int OF_THIS_PROCESS =
            (int) (64 + ProcessHandle.current().pid() % 64);

    private Loopback() {}

    static InetAddress next() {
        int number = GIVEN.incrementAndGet();
        try {
            return InetAddress.getByAddress(
                    new byte[] {127, (byte) OF_THIS_PROCESS, (byte) (number / 250), (byte) (1 + number % 250)});
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
