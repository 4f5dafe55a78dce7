package dev.portolan.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.demo.Audience;
import dev.portolan.load.Load;
import dev.portolan.load.LoadReport;
import dev.portolan.load.LoadTable;
import dev.portolan.model.Desired;
import java.time.Duration;
import java.time.ZoneOffset;

/** Readers of every kind in all regions, from before something happens until after it. */
public final class Readership implements AutoCloseable {
    private static final Duration NOTICED = Duration.ofMillis(100);
    private static final Duration BEFORE_AND_AFTER = Duration.ofSeconds(1);

    private final Audience audience;
    private final Load load;

    private Readership(Desired release) {
        this.audience = new Audience(release);
        this.load = Load.start(audience.readers());
    }

    /** @param release with the regions of the one that serves */
    public static Readership of(Desired release) throws InterruptedException {
        Readership readers = new Readership(release);
        Thread.sleep(BEFORE_AND_AFTER);
        return readers;
    }

    /**
     * Breaks something. A POST that is in flight meanwhile, or until those before the dead process have noticed, may be cut off;
     * nothing else may fail.
     */
    public void whileBreaking(String what, Breaking action) {
        try {
            load.duringFault(what, () -> {
                action.now();
                Thread.sleep(NOTICED);
                return what;
            });
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Something that breaks something. */
    public interface Breaking {
        void now() throws Exception;
    }

    /** Fails when one request failed, a POST ran twice, or fewer requests than these were made. */
    public void allServed(long fewest) throws InterruptedException {
        Thread.sleep(BEFORE_AND_AFTER);
        LoadReport report = load.stop();
        assertThat(report.failed()).as(LoadTable.of(report, ZoneOffset.UTC)).isZero();
        assertThat(report.requests()).isGreaterThan(fewest);
        assertThat(audience.effects(load.posts())).isEmpty();
    }

    @Override
    public void close() {
        load.close();
    }
}
