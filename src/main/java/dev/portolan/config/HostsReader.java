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
    private static final List<String> KEYS = List.of("address", "port", "via", "labels");
    private static final String EXAMPLE = "\"hosts: [deploy@10.1.0.11]\"";
    private static final String REMEDY = "write " + EXAMPLE + ", or \"hosts: [local]\" for this machine";
    private static final String ADDRESS_EXAMPLE = "\"address: deploy@10.1.0.11\"";
    private static final String VIA_EXAMPLE = "\"via: ann@bastion.example.com\"";
    private static final int HIGHEST_PORT = 65535;
    private static final int USUAL_PORT = 22;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]+");
    private static final String LOCAL = "local";
    private static final String REGION = "region";

    private final Problems problems;
    /** Over SSH, in every region so far. */
    private final Set<String> hosts = new HashSet<>();

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
            return list(region, sequence);
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

    private List<HostEntry> list(Section region, YamlNode.Sequence sequence) {
        List<HostEntry> found = new ArrayList<>();
        Set<String> words = new HashSet<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            host(region, sequence.items().get(index), region.path("hosts/" + index), words)
                    .ifPresent(found::add);
        }
        long local = found.stream()
                .filter(host -> host.address() instanceof HostAddress.Local)
                .count();
        if (local > 0 && local < found.size()) {
            problems.error(
                    sequence.location(),
                    region.path("hosts"),
                    "this machine cannot share a region with hosts over SSH",
                    "give it a region of its own");
        }
        return found;
    }

    private Optional<HostEntry> host(Section region, YamlNode node, String path, Set<String> words) {
        if (node instanceof YamlNode.Mapping mapping) {
            Section host = new Section(mapping, path, problems);
            host.allow(KEYS, Map.of());
            host.require("address", "write " + ADDRESS_EXAMPLE + ", or \"address: local\" for this machine");
            Map<String, String> labels = labels(host);
            Optional<Located<Integer>> port = host.whole("port", 1, HIGHEST_PORT, USUAL_PORT);
            Optional<Located<String>> via = host.text("via", VIA_EXAMPLE).filter(this::isWay);
            return host.text("address", ADDRESS_EXAMPLE)
                    .flatMap(word -> address(word, words, port, via))
                    .map(address -> new HostEntry(address, labels));
        }
        return region.text(node, path, EXAMPLE)
                .flatMap(word -> address(word, words, Optional.empty(), Optional.empty()))
                .map(address -> new HostEntry(address, Map.of()));
    }

    private Optional<HostAddress> address(
            Located<String> word, Set<String> words, Optional<Located<Integer>> port, Optional<Located<String>> via) {
        if (word.value().equals(LOCAL)) {
            if (!words.add(LOCAL)) {
                twice(word, LOCAL);
            }
            port.ifPresent(this::onlyOverSsh);
            via.ifPresent(this::onlyOverSsh);
            return Optional.of(new HostAddress.Local());
        }
        Optional<HostAddress.Ssh> host = HostAddress.Ssh.parse(word.value());
        if (host.isEmpty()) {
            problems.error(word, "\"" + word.value() + "\" is no host", REMEDY);
            return Optional.empty();
        }
        HostAddress.Ssh found = host.get();
        if (found.port().isPresent() && port.isPresent()) {
            problems.error(port.get(), "the address has a port already", "keep one of them");
        }
        if (!hosts.add(found.address())) {
            twice(word, found.address());
        }
        return Optional.of(new HostAddress.Ssh(
                found.user(),
                found.address(),
                found.port().or(() -> port.map(Located::value)),
                via.map(Located::value)));
    }

    private void twice(Located<String> word, String host) {
        problems.error(word, "\"" + host + "\" is here twice", "keep one of them");
    }

    private void onlyOverSsh(Located<?> word) {
        problems.error(word, "belongs to hosts over SSH", "remove it");
    }

    /** Whether each host of it can be read, as for {@code ssh -J}. */
    private boolean isWay(Located<String> via) {
        for (String host : via.value().split(",", -1)) {
            if (HostAddress.Ssh.parse(host).isEmpty()) {
                problems.error(via, "\"" + host + "\" is no host", "write for example " + VIA_EXAMPLE);
                return false;
            }
        }
        return true;
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
