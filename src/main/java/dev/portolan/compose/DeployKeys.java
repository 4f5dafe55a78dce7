package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.DISTINCT_STRINGS;
import static dev.portolan.compose.Shapes.NUMBER_OR_STRING;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRINGS;
import static dev.portolan.compose.Shapes.WHOLE_OR_STRING;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.section;
import static dev.portolan.compose.Shapes.words;

import dev.portolan.compose.Form.Pairs;
import dev.portolan.compose.Form.Single;
import dev.portolan.compose.KeyTable.Presence;

/** The chapter "Deploy": the keys of a service's {@code deploy}. */
final class DeployKeys {
    private static final String ROLLBACK = "Portolan goes back by the containers that still run";

    private static final KeyTable CHANGE = KeyTable.of(
            honoured("parallelism", WHOLE_OR_STRING).as(Single.UNSIGNED).ifWritten(),
            honoured("delay", STRING).as(Single.DURATION),
            honoured("failure_action", STRING),
            honoured("monitor", STRING).as(Single.DURATION),
            honoured("max_failure_ratio", NUMBER_OR_STRING).as(Single.FRACTION),
            honoured("order", words("start-first", "stop-first")));

    private static final KeyTable LIMITS = KeyTable.of(
            honoured("cpus", NUMBER_OR_STRING).as(Single.FRACTION),
            honoured("memory", STRING).as(Single.BYTES),
            honoured("pids", WHOLE_OR_STRING));

    /** Also of {@code gpus}. */
    static final KeyTable DEVICE = KeyTable.of(
                    honoured("capabilities", DISTINCT_STRINGS),
                    honoured("driver", STRING),
                    honoured("count", WHOLE_OR_STRING).as(Single.COUNT),
                    honoured("device_ids", DISTINCT_STRINGS),
                    honoured("options", PAIRS).as(Pairs.TEXTS))
            .requiring("capabilities: [gpu]")
            .closed();

    private static final KeyTable DISCRETE = KeyTable.of(
            honoured("kind", STRING).present(Presence.ALWAYS),
            honoured("value", NUMBER_OR_STRING).present(Presence.ALWAYS));

    private static final KeyTable RESERVATIONS = KeyTable.of(
            withoutEffect("cpus", NUMBER_OR_STRING, "engines have no such reservation, as with Docker Compose")
                    .as(Single.FRACTION),
            honoured("memory", STRING).as(Single.BYTES),
            honoured("devices", items(section(DEVICE))),
            withoutEffect(
                    "generic_resources",
                    items(section(KeyTable.of(honoured("discrete_resource_spec", section(DISCRETE))))),
                    "they concern Swarm; Docker Compose drops them too"));

    private static final KeyTable RESTART_POLICY = KeyTable.of(
            honoured("condition", STRING),
            withoutEffect("delay", STRING, "the engine chooses it, as with Docker Compose")
                    .as(Single.DURATION)
                    .ifWritten(),
            honoured("max_attempts", WHOLE_OR_STRING).as(Single.UNSIGNED).ifWritten(),
            withoutEffect("window", STRING, "the engine chooses it, as with Docker Compose")
                    .as(Single.DURATION)
                    .ifWritten());

    private static final KeyTable PLACEMENT = KeyTable.of(
            honoured("constraints", STRINGS),
            withoutEffect(
                    "preferences",
                    items(section(KeyTable.of(honoured("spread", STRING)))),
                    "each host of a region has every service of it"),
            honoured("max_replicas_per_node", WHOLE_OR_STRING).as(Single.UNSIGNED));

    static final KeyTable DEPLOY = KeyTable.of(
            honoured("mode", STRING),
            honoured("replicas", WHOLE_OR_STRING).ifWritten(),
            withoutEffect("labels", PAIRS, "they concern Swarm's services; labels of containers stand in labels")
                    .as(Pairs.TEXTS),
            honoured("update_config", section(CHANGE)),
            withoutEffect("rollback_config", section(CHANGE), ROLLBACK),
            honoured(
                            "resources",
                            section(KeyTable.of(
                                    honoured("limits", section(LIMITS)),
                                    honoured("reservations", section(RESERVATIONS)))))
                    .present(Presence.ALWAYS_IN_JSON),
            honoured("restart_policy", section(RESTART_POLICY)),
            honoured("placement", section(PLACEMENT)).present(Presence.ALWAYS_IN_JSON),
            withoutEffect("endpoint_mode", STRING, "it concerns Swarm"));

    private DeployKeys() {}
}
