package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.NUMBER_OR_STRING;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.TRUTH_OR_STRING;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.oneOf;
import static dev.portolan.compose.Shapes.section;
import static dev.portolan.compose.Shapes.words;

import dev.portolan.compose.Form.Pairs;
import dev.portolan.compose.Form.Single;

/** The keys of a service's {@code volumes}, {@code configs} and {@code secrets}, in their long syntax. */
final class StorageKeys {
    static final Shape FILE_MOUNTS = items(oneOf(
            STRING,
            section(KeyTable.of(
                    honoured("source", STRING),
                    honoured("target", STRING),
                    honoured("uid", STRING),
                    honoured("gid", STRING),
                    honoured("mode", NUMBER_OR_STRING).as(Single.MODE).ifWritten()))));

    private static final KeyTable BIND = KeyTable.of(
            honoured("selinux", words("z", "Z")),
            honoured("propagation", STRING),
            honoured("create_host_path", TRUTH_OR_STRING),
            honoured("recursive", words("enabled", "disabled", "writable", "readonly")));

    private static final KeyTable NAMED = KeyTable.of(
            honoured("labels", PAIRS).as(Pairs.TEXTS),
            honoured("nocopy", TRUTH_OR_STRING),
            honoured("subpath", STRING));

    private static final KeyTable TMPFS = KeyTable.of(
            honoured("size", oneOf(new Shape.Between(0, Long.MAX_VALUE), STRING))
                    .as(Single.BYTES),
            honoured("mode", NUMBER_OR_STRING).as(Single.UNSIGNED));

    static final KeyTable VOLUME = KeyTable.of(
                    honoured("type", words("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
                    honoured("source", STRING),
                    honoured("target", STRING),
                    honoured("read_only", TRUTH_OR_STRING),
                    withoutEffect("consistency", STRING, "engines on Linux ignore it"),
                    honoured("bind", section(BIND)),
                    honoured("volume", section(NAMED)),
                    honoured("tmpfs", section(TMPFS)),
                    honoured("image", section(KeyTable.of(honoured("subpath", STRING)))))
            .requiring("type: bind");

    private StorageKeys() {}
}
