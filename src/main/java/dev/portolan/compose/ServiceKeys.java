package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.differently;
import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.KeyTable.Known.notYet;
import static dev.portolan.compose.KeyTable.Known.withoutEffect;
import static dev.portolan.compose.Shapes.COMMAND;
import static dev.portolan.compose.Shapes.DISTINCT_STRINGS;
import static dev.portolan.compose.Shapes.NUMBER_OR_STRING;
import static dev.portolan.compose.Shapes.OPTIONS;
import static dev.portolan.compose.Shapes.PAIRS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRINGS;
import static dev.portolan.compose.Shapes.STRING_OR_STRINGS;
import static dev.portolan.compose.Shapes.TRUTH;
import static dev.portolan.compose.Shapes.TRUTH_OR_STRING;
import static dev.portolan.compose.Shapes.WHOLE_OR_STRING;
import static dev.portolan.compose.Shapes.items;
import static dev.portolan.compose.Shapes.oneOf;
import static dev.portolan.compose.Shapes.orNothing;
import static dev.portolan.compose.Shapes.section;
import static dev.portolan.compose.Shapes.words;

/** The keys of a service. */
final class ServiceKeys {
    private static final Shape FILE_MOUNTS = items(oneOf(
            STRING,
            section(KeyTable.of(
                    honoured("source", STRING),
                    honoured("target", STRING),
                    honoured("uid", STRING),
                    honoured("gid", STRING),
                    honoured("mode", NUMBER_OR_STRING)))));

    private static final Shape EXTRA_HOSTS = oneOf(new Shape.Entries(STRING_OR_STRINGS, false), STRINGS);

    private static final Shape ULIMITS = new Shape.Entries(
            oneOf(
                    WHOLE_OR_STRING,
                    section(KeyTable.of(honoured("soft", WHOLE_OR_STRING), honoured("hard", WHOLE_OR_STRING)))),
            false);

    private static final String SPEED_ONLY = "it changes how fast an image is built, not what is in it";

    static final KeyTable BUILD = KeyTable.of(
            honoured("context", STRING),
            honoured("dockerfile", STRING),
            notYet("dockerfile_inline", STRING),
            notYet("entitlements", STRINGS),
            honoured("args", PAIRS),
            notYet("ssh", PAIRS),
            notYet("labels", PAIRS),
            withoutEffect("cache_from", STRINGS, SPEED_ONLY),
            withoutEffect("cache_to", STRINGS, SPEED_ONLY),
            notYet("no_cache", TRUTH_OR_STRING),
            notYet("additional_contexts", PAIRS),
            notYet("network", STRING),
            notYet("provenance", TRUTH_OR_STRING),
            notYet("sbom", TRUTH_OR_STRING),
            notYet("pull", TRUTH_OR_STRING),
            honoured("target", STRING),
            notYet("shm_size", NUMBER_OR_STRING),
            notYet("extra_hosts", EXTRA_HOSTS),
            notYet("isolation", STRING),
            notYet("privileged", TRUTH_OR_STRING),
            notYet("secrets", FILE_MOUNTS),
            notYet("tags", STRINGS),
            notYet("ulimits", ULIMITS),
            notYet("platforms", STRINGS));

    static final KeyTable HEALTHCHECK = KeyTable.of(
            honoured("disable", TRUTH_OR_STRING),
            honoured("interval", STRING),
            honoured("retries", NUMBER_OR_STRING),
            honoured("test", STRING_OR_STRINGS),
            honoured("timeout", STRING),
            honoured("start_period", STRING),
            notYet("start_interval", STRING));

    static final KeyTable PORT = KeyTable.of(
            honoured("name", STRING),
            withoutEffect("mode", STRING, "ports are always those of the host, as in Docker Compose"),
            honoured("host_ip", STRING),
            honoured("target", WHOLE_OR_STRING),
            honoured("published", WHOLE_OR_STRING),
            honoured("protocol", STRING),
            honoured("app_protocol", STRING));

    static final KeyTable VOLUME = KeyTable.of(
            honoured("type", words("bind", "volume", "tmpfs", "cluster", "npipe", "image")),
            honoured("source", STRING),
            honoured("target", STRING),
            honoured("read_only", TRUTH_OR_STRING),
            withoutEffect("consistency", STRING, "engines on Linux ignore it"),
            honoured(
                    "bind",
                    section(KeyTable.of(
                            notYet("propagation", STRING),
                            honoured("create_host_path", TRUTH_OR_STRING),
                            notYet("recursive", words("enabled", "disabled", "writable", "readonly")),
                            notYet("selinux", words("z", "Z"))))),
            honoured(
                    "volume",
                    section(KeyTable.of(
                            notYet("labels", PAIRS), notYet("nocopy", TRUTH_OR_STRING), notYet("subpath", STRING)))),
            honoured("tmpfs", section(KeyTable.of(notYet("size", WHOLE_OR_STRING), notYet("mode", NUMBER_OR_STRING)))),
            notYet("image", section(KeyTable.of(honoured("subpath", STRING)))));

    static final KeyTable NETWORK = KeyTable.of(
            honoured("aliases", STRINGS),
            notYet("interface_name", STRING),
            notYet("ipv4_address", STRING),
            notYet("ipv6_address", STRING),
            notYet("link_local_ips", STRINGS),
            notYet("mac_address", STRING),
            notYet("driver_opts", OPTIONS),
            honoured("priority", NUMBER_OR_STRING),
            notYet("gw_priority", NUMBER_OR_STRING));

    private static final Shape DEPENDENCIES = oneOf(
            DISTINCT_STRINGS,
            new Shape.Entries(
                    section(KeyTable.of(
                            honoured("restart", TRUTH_OR_STRING),
                            honoured("required", TRUTH),
                            honoured(
                                    "condition",
                                    words("service_started", "service_healthy", "service_completed_successfully")))),
                    true));

    private static final Shape ENV_FILES = oneOf(
            STRING,
            items(oneOf(
                    STRING,
                    section(KeyTable.of(
                            honoured("path", STRING),
                            honoured("format", STRING),
                            honoured("required", TRUTH_OR_STRING))))));

    private static final Shape DEVICES = items(oneOf(
            STRING,
            section(KeyTable.of(
                    honoured("source", STRING), honoured("target", STRING), honoured("permissions", STRING)))));

    private static final Shape HOOKS = items(section(KeyTable.of(
            honoured("command", COMMAND),
            honoured("user", STRING),
            honoured("privileged", TRUTH_OR_STRING),
            honoured("working_dir", STRING),
            honoured("environment", PAIRS))));

    /** One entry of {@code services}. */
    static final Shape SERVICE = section(KeyTable.of(
            notYet("annotations", PAIRS),
            withoutEffect("attach", TRUTH_OR_STRING, "it concerns the output of docker compose up"),
            notYet("blkio_config", new Shape.Entries(Shapes.ANYTHING, false)),
            honoured("build", oneOf(STRING, section(BUILD))),
            honoured("cap_add", STRINGS),
            honoured("cap_drop", STRINGS),
            notYet("cgroup", words("host", "private")),
            notYet("cgroup_parent", STRING),
            honoured("command", COMMAND),
            honoured("configs", FILE_MOUNTS),
            differently(
                    "container_name",
                    STRING,
                    "Portolan names containers itself, so that two releases can run side by side;"
                            + " other services still reach it by this name"),
            notYet("cpu_count", WHOLE_OR_STRING),
            notYet("cpu_percent", NUMBER_OR_STRING),
            notYet("cpu_period", NUMBER_OR_STRING),
            notYet("cpu_quota", NUMBER_OR_STRING),
            notYet("cpu_rt_period", NUMBER_OR_STRING),
            notYet("cpu_rt_runtime", NUMBER_OR_STRING),
            notYet("cpu_shares", NUMBER_OR_STRING),
            honoured("cpus", NUMBER_OR_STRING),
            notYet("cpuset", STRING),
            notYet("credential_spec", new Shape.Entries(STRING, false)),
            honoured("depends_on", DEPENDENCIES),
            honoured("deploy", orNothing(section(DeployKeys.DEPLOY))),
            withoutEffect("develop", Shapes.ANYTHING, "it concerns docker compose watch"),
            notYet("device_cgroup_rules", STRINGS),
            honoured("devices", DEVICES),
            honoured("dns", STRING_OR_STRINGS),
            notYet("dns_opt", STRINGS),
            notYet("dns_search", STRING_OR_STRINGS),
            notYet("domainname", STRING),
            honoured("entrypoint", COMMAND),
            honoured("env_file", ENV_FILES),
            honoured("environment", PAIRS),
            honoured("expose", items(NUMBER_OR_STRING)),
            notYet(
                    "extends",
                    oneOf(STRING, section(KeyTable.of(honoured("service", STRING), honoured("file", STRING))))),
            notYet("external_links", STRINGS),
            honoured("extra_hosts", EXTRA_HOSTS),
            notYet("gpus", oneOf(words("all"), items(Shapes.ANYTHING))),
            honoured("group_add", items(NUMBER_OR_STRING)),
            honoured("healthcheck", section(HEALTHCHECK)),
            honoured("hostname", STRING),
            honoured("image", STRING),
            honoured("init", TRUTH_OR_STRING),
            notYet("ipc", STRING),
            notYet("isolation", STRING),
            notYet("label_file", STRING_OR_STRINGS),
            honoured("labels", PAIRS),
            notYet("links", STRINGS),
            honoured("logging", section(KeyTable.of(honoured("driver", STRING), honoured("options", OPTIONS)))),
            notYet("mac_address", STRING),
            honoured("mem_limit", NUMBER_OR_STRING),
            honoured("mem_reservation", WHOLE_OR_STRING),
            notYet("mem_swappiness", WHOLE_OR_STRING),
            notYet("memswap_limit", NUMBER_OR_STRING),
            notYet("models", Shapes.ANYTHING),
            honoured("network_mode", STRING),
            honoured("networks", oneOf(DISTINCT_STRINGS, new Shape.Entries(orNothing(section(NETWORK)), true))),
            notYet("oom_kill_disable", TRUTH_OR_STRING),
            notYet("oom_score_adj", WHOLE_OR_STRING),
            notYet("pid", orNothing(STRING)),
            honoured("pids_limit", NUMBER_OR_STRING),
            notYet("platform", STRING),
            honoured("ports", items(oneOf(NUMBER_OR_STRING, section(PORT)))),
            notYet("post_start", HOOKS),
            notYet("pre_stop", HOOKS),
            honoured("privileged", TRUTH_OR_STRING),
            honoured("profiles", STRINGS),
            notYet("provider", Shapes.ANYTHING),
            honoured("pull_policy", STRING),
            notYet("pull_refresh_after", STRING),
            honoured("read_only", TRUTH_OR_STRING),
            honoured("restart", STRING),
            notYet("runtime", STRING),
            honoured("scale", WHOLE_OR_STRING),
            honoured("secrets", FILE_MOUNTS),
            honoured("security_opt", STRINGS),
            honoured("shm_size", NUMBER_OR_STRING),
            honoured("stdin_open", TRUTH_OR_STRING),
            honoured("stop_grace_period", STRING),
            honoured("stop_signal", STRING),
            notYet("storage_opt", Shapes.ANYTHING),
            honoured("sysctls", PAIRS),
            honoured("tmpfs", STRING_OR_STRINGS),
            honoured("tty", TRUTH_OR_STRING),
            honoured("ulimits", ULIMITS),
            notYet("use_api_socket", TRUTH),
            honoured("user", STRING),
            notYet("userns_mode", STRING),
            notYet("uts", STRING),
            honoured("volumes", items(oneOf(STRING, section(VOLUME)))),
            notYet("volumes_from", STRINGS),
            honoured("working_dir", STRING)));

    private ServiceKeys() {}
}
