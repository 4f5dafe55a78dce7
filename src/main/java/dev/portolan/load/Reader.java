package dev.portolan.load;

import dev.portolan.http.HttpHeaders;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A reader: somebody at a place who asks for the same thing at a constant rate, whether or not the answers come. A POST
 * carries its id as the header {@code X-Request-Id} and as its body; a WebSocket message is its id.
 *
 * @param place where it reads from, as the report calls it; several readers may share a place
 * @param uri http, https, ws or wss; tcp with a port for connections
 * @param source the local address to connect from
 * @param timeout from the moment a request is sent to the last byte of its answer, connecting included
 * @param mostOutstanding requests at a time; what is due beyond them waits, up to {@code timeout}, and the report says so
 * @param headers sent with each request
 * @param line said on each connection of TCP, to which something must be answered; empty where to connect is enough
 */
public record Reader(
        String place,
        ReaderKind kind,
        URI uri,
        Rate rate,
        Optional<InetAddress> source,
        Duration timeout,
        int mostOutstanding,
        Expectation expectation,
        HttpHeaders headers,
        Optional<String> line) {
    public Reader {
        if (!WebAddress.readable(uri)) {
            throw new IllegalArgumentException("not an address of a web server: " + uri);
        }
        if (!timeout.isPositive() || mostOutstanding < 1) {
            throw new IllegalArgumentException("a reader needs a time and at least one request at a time");
        }
    }

    /** A reader that waits 10 seconds (30 for slow answers), with 512 requests outstanding at most. */
    public static Reader of(String place, ReaderKind kind, URI uri, Rate rate) {
        Duration timeout = Duration.ofSeconds(kind == ReaderKind.SLOW ? 30 : 10);
        return new Reader(
                place,
                kind,
                uri,
                rate,
                Optional.empty(),
                timeout,
                512,
                new Expectation.AnyBody(),
                HttpHeaders.NONE,
                Optional.empty());
    }

    /** The same reader, connecting from this local address. */
    public Reader from(InetAddress address) {
        return new Reader(
                place, kind, uri, rate, Optional.of(address), timeout, mostOutstanding, expectation, headers, line);
    }

    /** The same reader, waiting this long for an answer. */
    public Reader within(Duration time) {
        return new Reader(place, kind, uri, rate, source, time, mostOutstanding, expectation, headers, line);
    }

    /** The same reader, with at most so many requests outstanding. */
    public Reader atMost(int outstanding) {
        return new Reader(place, kind, uri, rate, source, timeout, outstanding, expectation, headers, line);
    }

    /** The same reader, checking the bodies. */
    public Reader expecting(Expectation body) {
        return new Reader(place, kind, uri, rate, source, timeout, mostOutstanding, body, headers, line);
    }

    /** The same reader, sending one more header. */
    public Reader with(String header, String value) {
        return new Reader(
                place,
                kind,
                uri,
                rate,
                source,
                timeout,
                mostOutstanding,
                expectation,
                headers.with(header, value),
                line);
    }

    /** The same reader, saying this on each connection and waiting for an answer. */
    public Reader saying(String words) {
        return new Reader(
                place, kind, uri, rate, source, timeout, mostOutstanding, expectation, headers, Optional.of(words));
    }

    boolean secure() {
        return uri.getScheme().equals("https") || uri.getScheme().equals("wss");
    }

    int port() {
        return uri.getPort() >= 0 ? uri.getPort() : secure() ? 443 : 80;
    }

    /** The value of the Host header: without the port where the scheme implies it. */
    String authority() {
        return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
