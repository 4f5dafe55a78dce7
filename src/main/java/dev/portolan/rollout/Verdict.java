package dev.portolan.rollout;

import dev.portolan.proxy.HostProxy.Figures;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Judges a new release by its proxy's own figures, against the old one. Pure. */
final class Verdict {
    /** Fewer failures than this are no evidence: a reader that goes away in the middle may look like one. */
    private static final long FEWEST_FAILURES = 3;

    /** The share of failed requests that is always too much for a new release. */
    private static final double TOLERATED = 0.01;

    /** How many times worse than the old release is too much. */
    private static final double TIMES_WORSE = 2;

    private Verdict() {}

    /** Why the new servers of a service are not good enough; empty when they are. */
    static Optional<String> of(String service, Collection<Figures> fresh, Collection<Figures> old) {
        Sum now = Sum.of(fresh);
        Sum before = Sum.of(old);
        if (now.failures >= FEWEST_FAILURES && now.rate() > Math.max(TOLERATED, TIMES_WORSE * before.rate())) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "%s fails under real requests: %,d of %,d failed (%.1f%%); the release before: %,d of %,d (%.1f%%)",
                    service,
                    now.failures,
                    now.requests,
                    100 * now.rate(),
                    before.failures,
                    before.requests,
                    100 * before.rate()));
        }
        return Optional.empty();
    }

    private record Sum(long requests, long failures) {

        static Sum of(Collection<Figures> figures) {
            return new Sum(
                    figures.stream().mapToLong(Figures::requests).sum(),
                    figures.stream().mapToLong(Figures::failures).sum());
        }

        double rate() {
            return requests == 0 ? 0 : Math.min(1, (double) failures / requests);
        }
    }
}
