package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.notYet;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRINGS;
import static dev.portolan.compose.Shapes.TRUTH_OR_STRING;
import static dev.portolan.compose.Shapes.WHOLE_OR_STRING;

import dev.portolan.compose.Form.Pairs;
import dev.portolan.compose.Form.Single;
import dev.portolan.compose.Form.Special;

/** The chapter "Build": the keys of a service's {@code build}. */
final class BuildKeys {
    private static final String SPEED_ONLY = "it changes how fast an image is built, not what is in it";

    static final KeyTable BUILD = KeyTable.of(
            honoured("context", STRING),
            honoured("dockerfile", STRING),
            notYet("dockerfile_inline", STRING),
            notYet("entitlements", STRINGS),
            honoured("args", PAIRS).as(Pairs.VARIABLES),
            notYet("provenance", TRUTH_OR_STRING).as(Single.TEXT),
            notYet("sbom", TRUTH_OR_STRING).as(Single.TEXT),
            notYet("ssh", PAIRS).as(Special.SSH),
            notYet("labels", PAIRS).as(Pairs.TEXTS),
            withoutEffect("cache_from", STRINGS, SPEED_ONLY),
            withoutEffect("cache_to", STRINGS, SPEED_ONLY),
            notYet("no_cache", TRUTH_OR_STRING),
            notYet("additional_contexts", PAIRS).as(Pairs.TEXTS),
            notYet("pull", TRUTH_OR_STRING),
            notYet("extra_hosts", NetworkingKeys.EXTRA_HOSTS).as(Special.HOSTS),
            notYet("isolation", STRING),
            notYet("network", STRING),
            honoured("target", STRING),
            notYet("secrets", StorageKeys.FILE_MOUNTS),
            notYet("shm_size", WHOLE_OR_STRING).as(Single.BYTES),
            notYet("tags", STRINGS),
            notYet("ulimits", ServiceKeys.ULIMITS).as(new Form.Named(Special.LIMIT)),
            notYet("platforms", STRINGS),
            notYet("privileged", TRUTH_OR_STRING));

    private BuildKeys() {}
}
