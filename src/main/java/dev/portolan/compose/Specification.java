package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.obsolete;
import static dev.portolan.compose.KeyTable.Known.refused;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.OPTIONS;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRINGS;
import static dev.portolan.compose.Shapes.STRING_OR_DISTINCT_STRINGS;
import static dev.portolan.compose.Shapes.TRUTH_OR_STRING;
import static dev.portolan.compose.Shapes.WHOLE;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.looseResources;
import static dev.portolan.compose.Shapes.namedEntries;
import static dev.portolan.compose.Shapes.oneOf;
import static dev.portolan.compose.Shapes.orNothing;
import static dev.portolan.compose.Shapes.resources;
import static dev.portolan.compose.Shapes.section;

import dev.portolan.compose.Form.Named;
import dev.portolan.compose.Form.Pairs;
import dev.portolan.compose.Form.Single;
import dev.portolan.compose.Form.Special;
import dev.portolan.compose.KeyTable.Presence;

/**
 * The one table of the keys of the Compose Specification: what each may hold, what that means, and what Portolan does with it.
 * The keys of a service are in {@link ServiceKeys}, and those of its chapters in tables beside it.
 */
final class Specification {
    private static final String NO_EFFECT_ON_FILES = "Docker Compose keeps it nowhere either";
    private static final String SWARMS =
            "only a Swarm knows it, and Docker Compose refuses it too; remove it, and give the content itself";

    private static final KeyTable EXTERNAL_NAME = KeyTable.of(honoured("name", STRING));
    private static final Shape EXTERNAL = oneOf(TRUTH_OR_STRING, section(EXTERNAL_NAME));
    private static final Shape EXTERNAL_FILE = oneOf(TRUTH_OR_STRING, section(EXTERNAL_NAME.open()));

    private static final KeyTable POOL = KeyTable.of(
                    honoured("subnet", STRING),
                    honoured("gateway", STRING),
                    honoured("ip_range", STRING),
                    honoured("aux_addresses", namedEntries(STRING)).as(Pairs.TEXTS))
            .droppingExtensions();

    private static final KeyTable IPAM = KeyTable.of(
            honoured("driver", STRING),
            honoured("config", items(section(POOL))),
            withoutEffect("options", namedEntries(STRING), "Docker Compose drops it too")
                    .as(Special.DROPPED));

    private static final KeyTable NETWORK = KeyTable.of(
            honoured("name", STRING),
            honoured("driver", STRING),
            honoured("driver_opts", OPTIONS).as(Pairs.TEXTS),
            honoured("ipam", section(IPAM)).present(Presence.ALWAYS_IN_JSON),
            honoured("external", EXTERNAL).as(Single.TRUTH).present(Presence.UNLESS_ZERO),
            honoured("internal", TRUTH_OR_STRING),
            honoured("attachable", TRUTH_OR_STRING),
            honoured("labels", PAIRS).as(Pairs.TEXTS),
            honoured("enable_ipv4", TRUTH_OR_STRING).ifWritten(),
            honoured("enable_ipv6", TRUTH_OR_STRING).ifWritten());

    private static final KeyTable VOLUME = KeyTable.of(
            honoured("name", STRING),
            honoured("driver", STRING),
            honoured("driver_opts", OPTIONS).as(Pairs.TEXTS),
            honoured("external", EXTERNAL).as(Single.TRUTH).present(Presence.UNLESS_ZERO),
            honoured("labels", PAIRS).as(Pairs.TEXTS));

    private static final KeyTable CONFIG = KeyTable.of(
            honoured("name", STRING),
            honoured("file", STRING),
            honoured("environment", STRING),
            honoured("content", STRING),
            honoured("external", EXTERNAL_FILE).as(Single.TRUTH).present(Presence.UNLESS_ZERO),
            withoutEffect("labels", PAIRS, NO_EFFECT_ON_FILES).as(Pairs.TEXTS),
            refused("template_driver", STRING, SWARMS));

    private static final KeyTable SECRET = KeyTable.of(
            honoured("name", STRING),
            honoured("file", STRING),
            honoured("environment", STRING),
            honoured("external", EXTERNAL_FILE).as(Single.TRUTH).present(Presence.UNLESS_ZERO),
            withoutEffect("labels", PAIRS, NO_EFFECT_ON_FILES).as(Pairs.TEXTS),
            refused("driver", STRING, SWARMS),
            withoutEffect("driver_opts", OPTIONS, "Docker Compose drops it too").as(new Named(Single.TEXT)),
            refused("template_driver", STRING, SWARMS));

    private static final KeyTable MODEL = KeyTable.of(
                    honoured("name", STRING),
                    honoured("model", STRING),
                    honoured("context_size", WHOLE),
                    honoured("runtime_flags", STRINGS))
            .requiring("model: ai/smollm2");

    private static final Shape INCLUDE = oneOf(
            STRING,
            section(KeyTable.of(
                            honoured("path", STRING_OR_DISTINCT_STRINGS),
                            honoured("env_file", STRING_OR_DISTINCT_STRINGS),
                            honoured("project_directory", STRING))
                    .closed()));

    static final KeyTable PROJECT = KeyTable.of(
            obsolete("version", STRING, "remove it: Compose has ignored it since 2020")
                    .as(Special.DROPPED),
            honoured("name", STRING).present(Presence.ALWAYS_IN_JSON),
            honoured("include", items(INCLUDE)).as(Special.DROPPED),
            honoured("services", resources(ServiceKeys.SERVICE)).present(Presence.ALWAYS),
            honoured("networks", looseResources(orNothing(section(NETWORK)))),
            honoured("volumes", resources(orNothing(section(VOLUME)))),
            honoured("secrets", resources(section(SECRET))),
            honoured("configs", resources(section(CONFIG))),
            refused("models", looseResources(section(MODEL)), ServiceKeys.MODELS_NOTE)
                    .calledInJson(""));

    /** A whole file. */
    static final Shape FILE = section(PROJECT);

    /** A key that is the person's own, at every place. */
    static boolean isExtension(String key) {
        return key.startsWith("x-");
    }

    private Specification() {}
}
