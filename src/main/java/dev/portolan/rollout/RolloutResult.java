package dev.portolan.rollout;

import java.time.Duration;
import java.util.Optional;

/**
 * How a rollout ended.
 *
 * @param state terminal
 * @param reason why it did not get to its end; empty when it did
 * @param requests answered by the app's proxies meanwhile
 * @param failures among them, as the proxies saw them
 */
public record RolloutResult(
        String rollout, RolloutState state, Optional<String> reason, long requests, long failures, Duration took) {}
