package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.differently;
import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.refused;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.COMMAND;
import static dev.portolan.compose.Shapes.DISTINCT_STRINGS;
import static dev.portolan.compose.Shapes.NUMBER_OR_STRING;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRING_OR_DISTINCT_STRINGS;
import static dev.portolan.compose.Shapes.STRING_OR_STRINGS;
import static dev.portolan.compose.Shapes.TRUTH;
import static dev.portolan.compose.Shapes.TRUTH_OR_STRING;
import static dev.portolan.compose.Shapes.WHOLE_OR_STRING;
import static dev.portolan.compose.Shapes.distinctItems;
import static dev.portolan.compose.Shapes.entries;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.oneOf;
import static dev.portolan.compose.Shapes.orNothing;
import static dev.portolan.compose.Shapes.plain;
import static dev.portolan.compose.Shapes.resources;
import static dev.portolan.compose.Shapes.section;
import static dev.portolan.compose.Shapes.words;

import dev.portolan.compose.Form.Named;
import dev.portolan.compose.Form.Pairs;
import dev.portolan.compose.Form.Single;
import dev.portolan.compose.Form.Special;
import dev.portolan.compose.KeyTable.Presence;
import dev.portolan.compose.Shape.Between;
import dev.portolan.compose.Shape.Kind;
import dev.portolan.compose.Shape.Names;
import java.util.regex.Pattern;

/** The chapter "Services": the keys of a service. */
final class ServiceKeys {
    static final Shape ULIMITS = new Shape.Entries(
            oneOf(
                    WHOLE_OR_STRING,
                    section(KeyTable.of(honoured("soft", WHOLE_OR_STRING), honoured("hard", WHOLE_OR_STRING))
                            .requiring("soft: 1024", "hard: 1024"))),
            Names.LOWER_CASE,
            false);

    private static final Shape CONTAINER_NAME = new Shape.Matching(
            Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]+"),
            "name of a container",
            "two or more letters, digits, dots, hyphens and underscores");

    private static final Shape PULL_POLICY = new Shape.Matching(
            Pattern.compile("always|never|build|if_not_present|missing|refresh|daily|weekly|every_([0-9]+[wdhms])+"),
            "pull policy",
            "always, never, missing, build, daily, weekly or every_12h");

    private static final KeyTable WEIGHTS = KeyTable.of(
                    honoured("path", STRING).present(Presence.ALWAYS).calledInJson("Path"),
                    honoured("weight", WHOLE_OR_STRING)
                            .as(Single.UNSIGNED)
                            .present(Presence.ALWAYS)
                            .calledInJson("Weight"))
            .closed();

    private static final KeyTable RATES = KeyTable.of(
                    honoured("path", STRING).present(Presence.ALWAYS).calledInJson("Path"),
                    honoured("rate", WHOLE_OR_STRING)
                            .as(Single.BYTES)
                            .present(Presence.ALWAYS)
                            .calledInJson("Rate"))
            .closed();

    private static final KeyTable BLKIO = KeyTable.of(
                    honoured("weight", WHOLE_OR_STRING).as(Single.UNSIGNED),
                    honoured("weight_device", items(section(WEIGHTS))),
                    honoured("device_read_bps", items(section(RATES))),
                    honoured("device_read_iops", items(section(RATES))),
                    honoured("device_write_bps", items(section(RATES))),
                    honoured("device_write_iops", items(section(RATES))))
            .closed();

    private static final Shape DEPENDENCIES = oneOf(
            DISTINCT_STRINGS,
            resources(section(KeyTable.of(
                            honoured(
                                    "condition",
                                    words("service_started", "service_healthy", "service_completed_successfully")),
                            honoured("restart", TRUTH_OR_STRING),
                            honoured("required", TRUTH).present(Presence.ALWAYS))
                    .requiring("condition: service_started"))));

    private static final Shape ENV_FILES = oneOf(
            STRING,
            items(oneOf(
                    STRING,
                    section(KeyTable.of(
                                    honoured("path", STRING),
                                    honoured("required", TRUTH_OR_STRING).present(Presence.ALWAYS),
                                    honoured("format", STRING))
                            .requiring("path: .env")
                            .closed()))));

    private static final Shape DEVICES = items(oneOf(
            STRING,
            section(KeyTable.of(honoured("source", STRING), honoured("target", STRING), honoured("permissions", STRING))
                    .requiring("source: /dev/..."))));

    static final String MODELS_NOTE =
            "Docker Desktop's model runner would serve them on one machine, and no other host has it; run the model as"
                    + " a service of the app or elsewhere, and give its address to the services in \"environment\"";

    private static final Shape MODELS = oneOf(
            DISTINCT_STRINGS,
            Shapes.looseResources(
                    orNothing(section(KeyTable.of(honoured("endpoint_var", STRING), honoured("model_var", STRING))))));

    private static final Shape EXTENDS = oneOf(
            STRING,
            section(KeyTable.of(honoured("service", STRING), honoured("file", STRING))
                    .requiring("service: web")
                    .closed()));

    private static final KeyTable PROVIDER = KeyTable.of(
                    honoured("type", STRING),
                    honoured(
                                    "options",
                                    entries(oneOf(
                                            plain(Kind.STRING, Kind.NUMBER, Kind.TRUTH),
                                            items(plain(Kind.STRING, Kind.NUMBER, Kind.TRUTH)))))
                            .as(Pairs.LISTS))
            .requiring("type: model");

    private static final KeyTable CREDENTIAL_SPEC =
            KeyTable.of(honoured("config", STRING), honoured("file", STRING), honoured("registry", STRING));

    static final KeyTable HEALTHCHECK = KeyTable.of(
            honoured("test", STRING_OR_STRINGS).as(Special.TEST),
            honoured("timeout", STRING).as(Single.DURATION).ifWritten(),
            honoured("interval", STRING).as(Single.DURATION).ifWritten(),
            honoured("retries", NUMBER_OR_STRING).as(Single.UNSIGNED).ifWritten(),
            honoured("start_period", STRING).as(Single.DURATION).ifWritten(),
            honoured("start_interval", STRING).as(Single.DURATION).ifWritten(),
            honoured("disable", TRUTH_OR_STRING));

    private static final KeyTable LOGGING = KeyTable.of(
            honoured("driver", STRING),
            honoured("options", entries(plain(Kind.STRING, Kind.NUMBER, Kind.NOTHING)))
                    .as(Pairs.TEXTS));

    /** One entry of {@code services}. */
    static final Shape SERVICE = section(KeyTable.of(
            honoured("profiles", DISTINCT_STRINGS),
            honoured("annotations", PAIRS).as(Pairs.TEXTS),
            withoutEffect("attach", TRUTH_OR_STRING, "it concerns the output of docker compose up")
                    .ifWritten(),
            honoured("build", oneOf(STRING, section(BuildKeys.BUILD))).ifWritten(),
            withoutEffect("develop", orNothing(section(DevelopKeys.DEVELOP)), "it concerns docker compose watch")
                    .ifWritten(),
            honoured("blkio_config", section(BLKIO)),
            honoured("cap_add", DISTINCT_STRINGS),
            honoured("cap_drop", DISTINCT_STRINGS),
            honoured("cgroup_parent", STRING),
            honoured("cgroup", words("host", "private")),
            honoured("cpu_count", oneOf(STRING, new Between(0, Long.MAX_VALUE))),
            honoured("cpu_percent", oneOf(STRING, new Between(0, 100))).as(Single.FRACTION),
            honoured("cpu_period", NUMBER_OR_STRING),
            honoured("cpu_quota", NUMBER_OR_STRING),
            honoured("cpu_rt_period", NUMBER_OR_STRING),
            honoured("cpu_rt_runtime", NUMBER_OR_STRING),
            honoured("cpus", NUMBER_OR_STRING).as(Single.FRACTION),
            honoured("cpuset", STRING),
            honoured("cpu_shares", NUMBER_OR_STRING),
            honoured("command", COMMAND).as(Special.COMMAND).present(Presence.ALWAYS_IN_JSON),
            honoured("configs", StorageKeys.FILE_MOUNTS),
            honoured("container_name", CONTAINER_NAME),
            withoutEffect("credential_spec", section(CREDENTIAL_SPEC), "Docker Compose drops it too"),
            honoured("depends_on", DEPENDENCIES),
            honoured("deploy", orNothing(section(DeployKeys.DEPLOY))).ifWritten(),
            honoured("device_cgroup_rules", DISTINCT_STRINGS),
            honoured("devices", DEVICES),
            honoured("dns", STRING_OR_DISTINCT_STRINGS),
            honoured("dns_opt", DISTINCT_STRINGS),
            honoured("dns_search", STRING_OR_DISTINCT_STRINGS),
            honoured("domainname", STRING),
            honoured("entrypoint", COMMAND).as(Special.COMMAND).present(Presence.ALWAYS_IN_JSON),
            refused(
                    "provider",
                    section(PROVIDER),
                    "a program on the machine of the command line would start it beside the engine, where no other"
                            + " host reaches it; start it by itself, and give its address to the services in"
                            + " \"environment\""),
            honoured("environment", PAIRS).as(Pairs.VARIABLES),
            honoured("env_file", ENV_FILES),
            honoured("expose", distinctItems(NUMBER_OR_STRING)).as(Special.NUMBERS_AS_TEXTS),
            honoured("extends", EXTENDS),
            honoured("external_links", DISTINCT_STRINGS),
            honoured("extra_hosts", NetworkingKeys.EXTRA_HOSTS).as(Special.HOSTS),
            honoured("group_add", distinctItems(NUMBER_OR_STRING)).as(new Form.Items(Single.TEXT)),
            honoured(
                    "gpus",
                    oneOf(
                            words("all"),
                            items(section(DeployKeys.DEVICE.requiring().open())))),
            honoured("hostname", STRING),
            honoured("healthcheck", section(HEALTHCHECK)),
            honoured("image", STRING),
            honoured("init", TRUTH_OR_STRING).ifWritten(),
            honoured("ipc", STRING),
            honoured("isolation", STRING),
            honoured("labels", PAIRS).as(Pairs.TEXTS),
            honoured("label_file", STRING_OR_STRINGS),
            honoured("links", DISTINCT_STRINGS),
            honoured("logging", section(LOGGING)),
            honoured("mem_limit", NUMBER_OR_STRING).as(Single.BYTES),
            honoured("mem_reservation", WHOLE_OR_STRING).as(Single.BYTES),
            honoured("memswap_limit", NUMBER_OR_STRING).as(Single.BYTES),
            honoured("mem_swappiness", WHOLE_OR_STRING).as(Single.BYTES),
            honoured("mac_address", STRING),
            refused("models", MODELS, MODELS_NOTE),
            honoured("network_mode", STRING),
            honoured("networks", oneOf(DISTINCT_STRINGS, resources(orNothing(section(NetworkingKeys.NETWORK))))),
            honoured("oom_kill_disable", TRUTH_OR_STRING),
            honoured("oom_score_adj", oneOf(STRING, new Between(-1000, 1000))),
            honoured("pid", oneOf(Shapes.NOTHING, STRING)),
            honoured("pids_limit", NUMBER_OR_STRING),
            honoured("platform", STRING),
            honoured("ports", distinctItems(oneOf(NUMBER_OR_STRING, section(NetworkingKeys.PORT)))),
            honoured("privileged", TRUTH_OR_STRING),
            honoured("pull_policy", PULL_POLICY),
            withoutEffect("pull_refresh_after", STRING, "Docker Compose drops it too")
                    .as(Special.DROPPED),
            honoured("read_only", TRUTH_OR_STRING),
            honoured("restart", STRING),
            honoured("runtime", STRING),
            honoured("scale", WHOLE_OR_STRING).ifWritten(),
            honoured("secrets", StorageKeys.FILE_MOUNTS),
            honoured("security_opt", DISTINCT_STRINGS),
            honoured("shm_size", NUMBER_OR_STRING).as(Single.BYTES),
            honoured("stdin_open", TRUTH_OR_STRING),
            honoured("stop_grace_period", STRING).as(Single.DURATION).ifWritten(),
            honoured("stop_signal", STRING),
            honoured("storage_opt", entries(Shapes.ANYTHING)).as(new Named(Single.TEXT)),
            honoured("sysctls", PAIRS).as(Pairs.TEXTS),
            honoured("tmpfs", STRING_OR_DISTINCT_STRINGS),
            honoured("tty", TRUTH_OR_STRING),
            honoured("ulimits", ULIMITS).as(new Named(Special.LIMIT)),
            differently(
                    "use_api_socket",
                    TRUTH,
                    "the socket of its host's engine is mounted; logins to registries do not travel to the hosts: give it what it"
                            + " needs as a secret with the target /run/secrets/docker/config.json, and set DOCKER_CONFIG to"
                            + " /run/secrets/docker"),
            honoured("user", STRING),
            honoured("userns_mode", STRING),
            honoured("uts", STRING),
            honoured("volumes", distinctItems(oneOf(STRING, section(StorageKeys.VOLUME)))),
            honoured("volumes_from", DISTINCT_STRINGS),
            honoured("working_dir", STRING),
            honoured("post_start", items(section(DevelopKeys.HOOK))),
            differently(
                    "pre_stop",
                    items(section(DevelopKeys.HOOK)),
                    "one that fails is said, and the container is stopped all the same")));

    private ServiceKeys() {}
}
