package dev.portolan.config;

import dev.portolan.compose.ShellWords;
import dev.portolan.config.PortolanFile.ReleaseEntry;
import dev.portolan.model.Desired;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.Service;
import dev.portolan.model.Workload;
import dev.portolan.yaml.YamlNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code release} of portolan.yml, and finds its service. */
final class ReleaseReader {
    static final Duration TIMEOUT = Duration.ofMinutes(5);
    static final String EXAMPLE = "\"release: { service: web, command: bin/rails db:migrate }\"";

    private static final String COMMAND = "command";
    private static final List<String> KEYS = List.of("service", COMMAND, "timeout");

    private final Problems problems;

    ReleaseReader(Problems problems) {
        this.problems = problems;
    }

    Optional<ReleaseEntry> read(Section section) {
        section.allow(KEYS, Map.of());
        section.require(
                "service", "name the Compose service in whose container the command is run, such as \"service: web\"");
        section.require(COMMAND, "say what is run, such as \"command: bin/rails db:migrate\"");
        Optional<Located<String>> service = section.text("service", "\"service: web\"");
        Duration timeout = section.duration("timeout", Duration.ofSeconds(1)).orElse(TIMEOUT);
        return command(section).flatMap(command -> service.map(named -> new ReleaseEntry(named, command, timeout)));
    }

    private Optional<List<String>> command(Section section) {
        Optional<YamlNode> node = section.value(COMMAND);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        String example = "\"command: bin/rails db:migrate\"";
        Optional<List<String>> words = node.get() instanceof YamlNode.Sequence sequence
                ? words(section, sequence, example)
                : section.text(COMMAND, example).flatMap(text -> split(text, example));
        if (words.filter(List::isEmpty).isPresent()) {
            problems.error(node.get().location(), section.path(COMMAND), "is empty", "write for example " + example);
            return Optional.empty();
        }
        return words;
    }

    private Optional<List<String>> words(Section section, YamlNode.Sequence sequence, String example) {
        List<String> words = new ArrayList<>();
        for (int index = 0; index < sequence.items().size(); index++) {
            section.text(sequence.items().get(index), section.path(COMMAND) + "/" + index, example)
                    .ifPresent(word -> words.add(word.value()));
        }
        return words.size() == sequence.items().size() ? Optional.of(words) : Optional.empty();
    }

    private Optional<List<String>> split(Located<String> text, String example) {
        Optional<List<String>> words = ShellWords.words(text.value());
        if (words.isEmpty()) {
            problems.error(
                    text, "cannot be split into words", "close each quote, or write a list; for example " + example);
        }
        return words;
    }

    /**
     * The command of a release.
     *
     * @param desired all the rest of the release
     */
    Optional<ReleaseCommand> command(ReleaseEntry entry, Desired desired) {
        String name = entry.service().value();
        Workload workload = desired.workload(desired.primary());
        Optional<Service> service = workload.service(name);
        if (service.isEmpty()) {
            List<String> names = workload.services().stream().map(Service::name).toList();
            problems.error(
                    entry.service(),
                    "the primary, " + desired.primary() + ", has no service \"" + name + "\"",
                    Problems.didYouMean(name, names, "its services are " + String.join(", ", names)));
        } else if (!service.get().isOn(desired.keeper().id().name())) {
            problems.error(
                    entry.service(),
                    "the release command is run on " + desired.keeper().id() + ", which does not have the service \""
                            + name + "\"",
                    "name a service that it has, or put a host that has this one first");
        }
        return service.map(found -> new ReleaseCommand(name, entry.command(), entry.timeout()));
    }
}
