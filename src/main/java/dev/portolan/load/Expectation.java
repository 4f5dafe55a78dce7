package dev.portolan.load;

/** What the body of an answer must be, besides complete. A status of 400 or more is a failure whatever the body. */
public sealed interface Expectation {

    record AnyBody() implements Expectation {}

    record Contains(String text) implements Expectation {}

    /** The body contains the id that was sent with the request as {@code X-Request-Id}. */
    record ContainsId() implements Expectation {}
}
