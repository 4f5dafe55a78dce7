package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.notYet;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.NUMBER_OR_STRING;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRINGS;
import static dev.portolan.compose.Shapes.WHOLE_OR_STRING;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.section;
import static dev.portolan.compose.Shapes.words;

/** The chapter "Deploy": the keys of a service's {@code deploy}. */
final class DeployKeys {
    private static final String ROLLBACK = "Portolan goes back by the containers that still run";

    private static final KeyTable CHANGE = KeyTable.of(
            honoured("parallelism", WHOLE_OR_STRING),
            honoured("delay", STRING),
            honoured("failure_action", STRING),
            honoured("monitor", STRING),
            honoured("max_failure_ratio", NUMBER_OR_STRING),
            honoured("order", words("start-first", "stop-first")));

    private static final KeyTable LIMITS = KeyTable.of(
            honoured("cpus", NUMBER_OR_STRING), honoured("memory", STRING), honoured("pids", WHOLE_OR_STRING));

    private static final KeyTable RESERVATIONS = KeyTable.of(
            withoutEffect("cpus", NUMBER_OR_STRING, "engines have no such reservation, as with Docker Compose"),
            honoured("memory", STRING),
            notYet("generic_resources", items(Shapes.ANYTHING)),
            notYet("devices", items(Shapes.ANYTHING)));

    private static final KeyTable RESTART_POLICY = KeyTable.of(
            honoured("condition", STRING),
            withoutEffect("delay", STRING, "the engine chooses it, as with Docker Compose"),
            honoured("max_attempts", WHOLE_OR_STRING),
            withoutEffect("window", STRING, "the engine chooses it, as with Docker Compose"));

    static final KeyTable DEPLOY = KeyTable.of(
            honoured("mode", STRING),
            withoutEffect("endpoint_mode", STRING, "it concerns Swarm"),
            honoured("replicas", WHOLE_OR_STRING),
            withoutEffect("labels", PAIRS, "they concern Swarm's services; labels of containers stand in labels"),
            withoutEffect("rollback_config", section(CHANGE), ROLLBACK),
            honoured("update_config", section(CHANGE)),
            honoured(
                    "resources",
                    section(KeyTable.of(
                            honoured("limits", section(LIMITS)), honoured("reservations", section(RESERVATIONS))))),
            honoured("restart_policy", section(RESTART_POLICY)),
            notYet(
                    "placement",
                    section(KeyTable.of(
                            honoured("constraints", STRINGS),
                            honoured("preferences", items(Shapes.ANYTHING)),
                            honoured("max_replicas_per_node", WHOLE_OR_STRING)))));

    private DeployKeys() {}
}
