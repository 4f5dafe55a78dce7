package dev.portolan.config;

import dev.portolan.config.PortolanFile.HostEntry;
import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.model.Place;
import dev.portolan.yaml.ScalarValue;
import dev.portolan.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads {@code regions}. */
final class RegionsReader {
    private static final List<String> KEYS = List.of("at", "hosts", "env", "compose", "secrets");
    private static final Map<String, String> LATER =
            Map.of("provider", "remove it; hosts are not made by this version");
    /** It becomes a part of names of stores: of files, paths and ids. */
    static final Pattern WORD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

    private static final String EXAMPLE = "\"dublin: { hosts: [local] }\"";
    private static final String AT_EXAMPLE = "\"at: dublin\" or \"at: [53.3, -6.3]\"";

    private final Problems problems;
    private final HostsReader hosts;

    RegionsReader(Problems problems) {
        this.problems = problems;
        this.hosts = new HostsReader(problems);
    }

    /** Those that can be read. */
    List<RegionEntry> read(Section regions) {
        List<RegionEntry> found = new ArrayList<>();
        if (regions.entries().isEmpty()) {
            problems.error(regions.location(), regions.path(), "there is no region", "write for example " + EXAMPLE);
        }
        for (YamlNode.Entry entry : regions.entries()) {
            Located<String> name = new Located<>(entry.key(), entry.keyLocation(), regions.path(entry.key()));
            boolean named = PortolanFileReader.NAME.matcher(entry.key()).matches();
            if (!named) {
                problems.error(
                        name,
                        "\"" + entry.key() + "\" must be " + PortolanFileReader.NAME_RULE,
                        "write for example " + EXAMPLE);
            }
            regions.section(entry.value(), name.path(), EXAMPLE)
                    .flatMap(section -> region(name, section))
                    .ifPresent(found::add);
        }
        return found;
    }

    private Optional<RegionEntry> region(Located<String> name, Section section) {
        section.allow(KEYS, LATER);
        section.require("hosts", "write \"hosts: [deploy@10.1.0.11]\", or \"hosts: [local]\" for this machine");
        Optional<Place> place = place(name, section);
        List<HostEntry> hosts = this.hosts.read(section);
        Map<String, Located<String>> env = section.variables("env");
        List<Located<String>> compose = compose(section);
        Optional<Located<String>> secrets =
                section.matching("secrets", WORD, "letters, digits, and . _ - inside", "\"secrets: us-west\"");
        return place.isEmpty() || hosts.isEmpty()
                ? Optional.empty()
                : Optional.of(new RegionEntry(name, place.get(), hosts, env, compose, secrets));
    }

    private Optional<Place> place(Located<String> name, Section section) {
        Optional<YamlNode> at = section.value("at");
        if (at.isEmpty()) {
            Optional<Place> byName = Places.find(name.value());
            if (byName.isEmpty()) {
                problems.error(
                        name,
                        "where is \"" + name.value() + "\"? Readers are sent to the nearest region",
                        "add a city or its latitude and longitude, " + AT_EXAMPLE);
            }
            return byName;
        }
        if (at.get() instanceof YamlNode.Sequence pair) {
            return coordinates(section.path("at"), pair);
        }
        return section.text("at", AT_EXAMPLE).flatMap(word -> {
            Optional<Place> place = Places.find(word.value());
            if (place.isEmpty()) {
                problems.error(
                        word,
                        "the place \"" + word.value() + "\" is not known",
                        Places.nearest(word.value())
                                .map(near -> "did you mean \"" + near + "\"?")
                                .orElse("write its latitude and longitude, such as \"at: [53.3, -6.3]\""));
            }
            return place;
        });
    }

    private Optional<Place> coordinates(String path, YamlNode.Sequence pair) {
        if (pair.items().size() == 2) {
            OptionalDouble latitude = degrees(pair.items().get(0), 90);
            OptionalDouble longitude = degrees(pair.items().get(1), 180);
            if (latitude.isPresent() && longitude.isPresent()) {
                return Optional.of(new Place(latitude.getAsDouble(), longitude.getAsDouble()));
            }
        }
        problems.error(
                pair.location(),
                path,
                "must be latitude (-90 to 90) and longitude (-180 to 180) in degrees",
                "write for example \"at: [53.3, -6.3]\"");
        return Optional.empty();
    }

    private static OptionalDouble degrees(YamlNode node, double most) {
        if (node instanceof YamlNode.Scalar scalar) {
            double value = switch (scalar.value()) {
                case ScalarValue.Whole whole -> whole.value().doubleValue();
                case ScalarValue.Fraction fraction -> fraction.value();
                case ScalarValue.Null none -> Double.NaN;
                case ScalarValue.Truth none -> Double.NaN;
                case ScalarValue.Date none -> Double.NaN;
                case ScalarValue.Text none -> Double.NaN;
            };
            return Math.abs(value) <= most ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
        return OptionalDouble.empty();
    }

    /** One file or a list of them. */
    private static List<Located<String>> compose(Section section) {
        String example = "\"compose: compose.dublin.yaml\"";
        List<Located<String>> files = new ArrayList<>();
        section.value("compose").ifPresent(node -> {
            if (node instanceof YamlNode.Sequence sequence) {
                for (int index = 0; index < sequence.items().size(); index++) {
                    section.text(sequence.items().get(index), section.path("compose/" + index), example)
                            .ifPresent(files::add);
                }
            } else {
                section.text("compose", example).ifPresent(files::add);
            }
        });
        return files;
    }
}
