package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A service's {@code deploy}. Limits of {@code deploy.resources} are found in {@link ComposeService.Resources}.
 *
 * @param job whether {@code mode} is {@code replicated-job} or {@code global-job}: its containers run to their end
 * @param replicas 0 or more, if given, by {@code scale} or {@code deploy.replicas}
 * @param updateConfig {@code update_config}, if given
 * @param restartPolicy {@code restart_policy}, if given; {@link ComposeService#restart} has been told
 */
public record Deploy(
        boolean job,
        OptionalInt replicas,
        Optional<UpdateConfig> updateConfig,
        Optional<RestartPolicy> restartPolicy,
        Placement placement,
        SourceLocation location) {

    /**
     * @param parallelism how many containers at once; 0 for all
     * @param delay between two groups of them
     * @param failureAction {@code pause}, {@code continue} or {@code rollback}
     * @param monitor how long a new container is watched
     * @param maxFailureRatio 0 to 1
     */
    public record UpdateConfig(
            OptionalLong parallelism,
            Optional<Duration> delay,
            Optional<String> failureAction,
            Optional<Duration> monitor,
            double maxFailureRatio,
            Optional<Order> order) {}

    public enum Order {
        START_FIRST,
        STOP_FIRST
    }

    /**
     * @param condition {@code none}, {@code on-failure}, {@code any}, or a word of {@code restart}
     * @param maxAttempts if given; without a limit if not
     */
    public record RestartPolicy(
            String condition, Optional<Duration> delay, OptionalLong maxAttempts, Optional<Duration> window) {}
}
