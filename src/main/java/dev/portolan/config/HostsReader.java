package dev.portolan.config;

import dev.portolan.config.PortolanFile.HostEntry;
import dev.portolan.model.HostAddress;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code hosts} of a region: each is a word, or a mapping with its address and what else there is to say of it. */
final class HostsReader {
    private static final List<String> KEYS = List.of("address", "labels");
    private static final String NO_SSH = "hosts over SSH are not supported by this version yet";
    private static final String REMEDY = "write \"hosts: [local]\" for this machine";
    private static final Map<String, String> LATER =
            Map.of("port", "remove it; it belongs to hosts over SSH", "via", "remove it; it belongs to hosts over SSH");
    private static final Pattern SSH = Pattern.compile("([A-Za-z0-9._-]+@)?[A-Za-z0-9.:\\[\\]-]+");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]+");
    private static final String LOCAL = "local";
    private static final String REGION = "region";

    private final Problems problems;

    HostsReader(Problems problems) {
        this.problems = problems;
    }

    /** Those that can be read. */
    List<HostEntry> read(Section region) {
        Optional<YamlNode> node = region.value("hosts");
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get() instanceof YamlNode.Sequence sequence
                && !sequence.items().isEmpty()) {
            List<HostEntry> hosts = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (int index = 0; index < sequence.items().size(); index++) {
                host(region, sequence.items().get(index), region.path("hosts/" + index), seen)
                        .ifPresent(hosts::add);
            }
            return hosts;
        }
        boolean tofu =
                node.get() instanceof YamlNode.Scalar scalar && scalar.text().equals("tofu");
        problems.error(
                node.get().location(),
                region.path("hosts"),
                tofu
                        ? "hosts made by OpenTofu are not supported by this version yet"
                        : "must be a list of at least one host",
                REMEDY);
        return List.of();
    }

    private Optional<HostEntry> host(Section region, YamlNode node, String path, Set<String> seen) {
        if (node instanceof YamlNode.Mapping mapping) {
            Section host = new Section(mapping, path, problems);
            host.allow(KEYS, LATER);
            host.require("address", "write \"address: local\" for this machine");
            Map<String, String> labels = labels(host);
            return host.text("address", "\"address: local\"")
                    .flatMap(word -> address(word, seen))
                    .map(address -> new HostEntry(address, labels));
        }
        return region.text(node, path, "\"hosts: [local]\"")
                .flatMap(word -> address(word, seen))
                .map(address -> new HostEntry(address, Map.of()));
    }

    private Optional<HostAddress> address(Located<String> word, Set<String> seen) {
        if (!seen.add(word.value())) {
            problems.error(word, "\"" + word.value() + "\" is here twice", "keep one of them");
        }
        if (word.value().equals(LOCAL)) {
            return Optional.of(new HostAddress.Local());
        }
        problems.error(
                word,
                "\"" + word.value() + "\"" + (SSH.matcher(word.value()).matches() ? ": " + NO_SSH : " is no host"),
                REMEDY);
        return Optional.empty();
    }

    private Map<String, String> labels(Section host) {
        Map<String, String> labels = new LinkedHashMap<>();
        host.section("labels", "\"labels: { disk: ssd }\"")
                .ifPresent(section -> section.entries()
                        .forEach(entry -> label(section.path(entry.key()), entry)
                                .ifPresent(value -> labels.put(entry.key(), value))));
        return labels;
    }

    private Optional<String> label(String path, YamlNode.Entry entry) {
        if (!LABEL.matcher(entry.key()).matches()) {
            problems.error(
                    entry.keyLocation(),
                    path,
                    "\"" + entry.key() + "\" is no name of a label",
                    "use letters, digits, dots, hyphens and underscores, such as \"disk: ssd\"");
        } else if (entry.key().equals(REGION)) {
            problems.error(
                    entry.keyLocation(),
                    path,
                    "the label \"region\" of a host is the name of its region",
                    "remove it, or choose another name");
        } else if (!(entry.value() instanceof YamlNode.Scalar scalar) || scalar.value() instanceof ScalarValue.Null) {
            problems.error(
                    entry.value().location(),
                    path,
                    "must be a string, a number or a boolean, but is "
                            + entry.value().kind(),
                    "write the value, such as \"disk: ssd\"");
        } else {
            return Optional.of(scalar.value().text());
        }
        return Optional.empty();
    }
}
