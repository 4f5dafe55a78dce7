package dev.portolan.load;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * What all readers of a load have in common.
 *
 * @param releaseHeader the header of an answer that names the release
 * @param regionHeader the header of an answer that names the region
 * @param failuresShown how many failures the report describes one by one; all are counted
 * @param lateAfter a request that the harness starts later than this after its time counts as late
 * @param tls makes the secure connections; Java's own, with the certificates that Java trusts, when empty
 */
public record LoadSettings(
        String releaseHeader,
        String regionHeader,
        int failuresShown,
        Duration lateAfter,
        Optional<SSLSocketFactory> tls) {

    /** {@code X-Release}, {@code X-Region}, 20 failures, 50 ms, and Java's own secure connections. */
    public static LoadSettings standard() {
        return new LoadSettings("X-Release", "X-Region", 20, Duration.ofMillis(50), Optional.empty());
    }

    /** The same settings with other headers. */
    public LoadSettings naming(String release, String region) {
        return new LoadSettings(release, region, failuresShown, lateAfter, tls);
    }

    /** The same settings with another source of secure connections. */
    public LoadSettings securedBy(SSLSocketFactory factory) {
        return new LoadSettings(releaseHeader, regionHeader, failuresShown, lateAfter, Optional.of(factory));
    }
}
