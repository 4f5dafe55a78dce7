package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.differently;
import static dev.portolan.compose.KeyTable.Known.honoured;
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
    private static final String NO_ATTESTATION = "Docker Compose attests nothing either when it brings an app up";
    private static final String ONLY_WHEN_BUILT =
            "an image is built when what it is built from has changed, and in this way then";

    static final KeyTable BUILD = KeyTable.of(
            honoured("context", STRING),
            honoured("dockerfile", STRING),
            honoured("dockerfile_inline", STRING),
            honoured("entitlements", STRINGS),
            honoured("args", PAIRS).as(Pairs.VARIABLES),
            withoutEffect("provenance", TRUTH_OR_STRING, NO_ATTESTATION).as(Single.TEXT),
            withoutEffect("sbom", TRUTH_OR_STRING, NO_ATTESTATION).as(Single.TEXT),
            honoured("ssh", PAIRS).as(Special.SSH),
            honoured("labels", PAIRS).as(Pairs.TEXTS),
            honoured("cache_from", STRINGS),
            honoured("cache_to", STRINGS),
            differently("no_cache", TRUTH_OR_STRING, ONLY_WHEN_BUILT),
            honoured("additional_contexts", PAIRS).as(Pairs.TEXTS),
            differently("pull", TRUTH_OR_STRING, ONLY_WHEN_BUILT),
            honoured("extra_hosts", NetworkingKeys.EXTRA_HOSTS).as(Special.HOSTS),
            withoutEffect("isolation", STRING, "only engines on Windows know it"),
            honoured("network", STRING),
            honoured("target", STRING),
            honoured("secrets", StorageKeys.FILE_MOUNTS),
            honoured("shm_size", WHOLE_OR_STRING).as(Single.BYTES),
            honoured("tags", STRINGS),
            honoured("ulimits", ServiceKeys.ULIMITS).as(new Form.Named(Special.LIMIT)),
            differently(
                    "platforms", STRINGS, "each engine builds for its own platform, or for the only one that is named"),
            honoured("privileged", TRUTH_OR_STRING));

    private BuildKeys() {}
}
