package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.Shapes.COMMAND;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRING_OR_DISTINCT_STRINGS;
import static dev.portolan.compose.Shapes.TRUTH;
import static dev.portolan.compose.Shapes.TRUTH_OR_STRING;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.section;
import static dev.portolan.compose.Shapes.words;

import dev.portolan.compose.Form.Pairs;
import dev.portolan.compose.Form.Special;
import dev.portolan.compose.KeyTable.Presence;

/** The chapter "Develop", and the hooks that {@code post_start} and {@code pre_stop} have too. */
final class DevelopKeys {
    static final KeyTable HOOK = KeyTable.of(
                    honoured("command", COMMAND).as(Special.COMMAND).present(Presence.ALWAYS_IN_JSON),
                    honoured("user", STRING),
                    honoured("privileged", TRUTH_OR_STRING),
                    honoured("working_dir", STRING),
                    honoured("environment", PAIRS).as(Pairs.VARIABLES))
            .requiring("command: echo");

    private static final KeyTable WATCH = KeyTable.of(
                    honoured("path", STRING).present(Presence.ALWAYS),
                    honoured("action", words("rebuild", "sync", "restart", "sync+restart", "sync+exec"))
                            .present(Presence.ALWAYS),
                    honoured("target", STRING),
                    honoured("exec", section(HOOK)).present(Presence.ALWAYS_IN_JSON),
                    honoured("include", STRING_OR_DISTINCT_STRINGS),
                    honoured("ignore", STRING_OR_DISTINCT_STRINGS),
                    honoured("initial_sync", TRUTH))
            .requiring("path: ./src", "action: rebuild");

    static final KeyTable DEVELOP = KeyTable.of(honoured("watch", items(section(WATCH))));

    private DevelopKeys() {}
}
