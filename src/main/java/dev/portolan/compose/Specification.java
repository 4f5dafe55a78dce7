package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.notYet;
import static dev.portolan.compose.KeyTable.Known.obsolete;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.OPTIONS;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRINGS;
import static dev.portolan.compose.Shapes.STRING_OR_STRINGS;
import static dev.portolan.compose.Shapes.TRUTH_OR_STRING;
import static dev.portolan.compose.Shapes.WHOLE_OR_STRING;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.oneOf;
import static dev.portolan.compose.Shapes.orNothing;
import static dev.portolan.compose.Shapes.section;

/**
 * The one table of the keys of the Compose Specification: what each may hold and what Portolan does with it. The keys of a
 * service are in {@link ServiceKeys}, those of its {@code deploy} in {@link DeployKeys}.
 */
final class Specification {
    private static final String NO_EFFECT_ON_FILES = "Docker Compose keeps it nowhere either";

    private static final Shape EXTERNAL = oneOf(TRUTH_OR_STRING, section(KeyTable.of(honoured("name", STRING))));

    private static final Shape IPAM = section(KeyTable.of(
            honoured("driver", STRING),
            honoured(
                    "config",
                    items(section(KeyTable.of(
                            honoured("subnet", STRING),
                            notYet("ip_range", STRING),
                            notYet("gateway", STRING),
                            notYet("aux_addresses", new Shape.Entries(STRING, false)))))),
            notYet("options", new Shape.Entries(STRING, false))));

    private static final Shape NETWORK = section(KeyTable.of(
            honoured("name", STRING),
            honoured("driver", STRING),
            honoured("driver_opts", OPTIONS),
            honoured("ipam", IPAM),
            honoured("external", EXTERNAL),
            honoured("internal", TRUTH_OR_STRING),
            honoured("enable_ipv4", TRUTH_OR_STRING),
            honoured("enable_ipv6", TRUTH_OR_STRING),
            withoutEffect("attachable", TRUTH_OR_STRING, "networks of one host are always attachable"),
            honoured("labels", PAIRS)));

    private static final Shape VOLUME = section(KeyTable.of(
            honoured("name", STRING),
            honoured("driver", STRING),
            honoured("driver_opts", OPTIONS),
            honoured("external", EXTERNAL),
            honoured("labels", PAIRS)));

    private static final Shape CONFIG = section(KeyTable.of(
            withoutEffect("name", STRING, NO_EFFECT_ON_FILES),
            honoured("content", STRING),
            honoured("environment", STRING),
            honoured("file", STRING),
            honoured("external", EXTERNAL),
            withoutEffect("labels", PAIRS, NO_EFFECT_ON_FILES),
            notYet("template_driver", STRING)));

    private static final Shape SECRET = section(KeyTable.of(
            withoutEffect("name", STRING, NO_EFFECT_ON_FILES),
            honoured("environment", STRING),
            honoured("file", STRING),
            honoured("external", EXTERNAL),
            withoutEffect("labels", PAIRS, NO_EFFECT_ON_FILES),
            notYet("driver", STRING),
            notYet("driver_opts", OPTIONS),
            notYet("template_driver", STRING)));

    private static final Shape MODEL = section(KeyTable.of(
            honoured("name", STRING),
            honoured("model", STRING),
            honoured("context_size", WHOLE_OR_STRING),
            honoured("runtime_flags", STRINGS)));

    private static final Shape INCLUDE = oneOf(
            STRING,
            section(KeyTable.of(
                    honoured("path", STRING_OR_STRINGS),
                    honoured("env_file", STRING_OR_STRINGS),
                    honoured("project_directory", STRING))));

    /** A whole file. */
    static final Shape FILE = section(KeyTable.of(
            obsolete("version", STRING, "remove it: Compose has ignored it since 2020"),
            honoured("name", STRING),
            notYet("include", items(INCLUDE)),
            honoured("services", new Shape.Entries(ServiceKeys.SERVICE, true)),
            honoured("networks", new Shape.Entries(orNothing(NETWORK), true)),
            honoured("volumes", new Shape.Entries(orNothing(VOLUME), true)),
            honoured("configs", new Shape.Entries(CONFIG, true)),
            honoured("secrets", new Shape.Entries(SECRET, true)),
            notYet("models", new Shape.Entries(MODEL, true))));

    /** A key that is the person's own, at every place. */
    static boolean isExtension(String key) {
        return key.startsWith("x-");
    }

    private Specification() {}
}
