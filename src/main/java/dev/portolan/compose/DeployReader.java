package dev.portolan.compose;

import dev.portolan.compose.Deploy.Order;
import dev.portolan.compose.Deploy.RestartPolicy;
import dev.portolan.compose.Deploy.UpdateConfig;
import dev.portolan.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** The chapter "Deploy": a service's {@code deploy}, and {@code scale}, its older word for replicas. */
final class DeployReader {
    private static final Set<String> FAILURE_ACTIONS = Set.of("pause", "continue", "rollback");
    private static final Set<String> CONDITIONS = Set.of("none", "no", "on-failure", "unless-stopped", "any", "always");
    private static final Set<String> MODES = Set.of("replicated", "global", "replicated-job", "global-job");
    private static final int MOST_REPLICAS = 10_000;

    private DeployReader() {}

    /** Empty when the service has neither {@code deploy} nor {@code scale}. */
    static Optional<Deploy> read(Section service) {
        if (!service.has("deploy") && !service.has("scale")) {
            return Optional.empty();
        }
        Section deploy = service.section("deploy")
                .orElseGet(() -> new Section(
                        new Mapping(List.of(), service.location("scale")),
                        service.path().child("deploy"),
                        service.problems()));
        return Optional.of(new Deploy(
                mode(deploy).endsWith("-job"),
                replicas(service, deploy),
                deploy.section("update_config").map(DeployReader::updateConfig),
                deploy.section("restart_policy").map(DeployReader::restartPolicy),
                deploy.section("placement").map(DeployReader::placement).orElse(Placement.ANYWHERE),
                deploy.location()));
    }

    /** Docker Compose runs as many containers in each mode. */
    private static String mode(Section deploy) {
        String mode = deploy.text("mode", "replicated");
        if (!MODES.contains(mode)) {
            deploy.problems()
                    .error(
                            deploy.location("mode"),
                            deploy.path().child("mode"),
                            "\"" + mode + "\" is no mode",
                            "write replicated");
        }
        return mode;
    }

    private static Placement placement(Section placement) {
        OptionalLong most = placement.whole("max_replicas_per_node", 0, Integer.MAX_VALUE);
        return new Placement(
                placement.texts("constraints"),
                most.isPresent() ? OptionalInt.of((int) most.getAsLong()) : OptionalInt.empty());
    }

    private static OptionalInt replicas(Section service, Section deploy) {
        OptionalLong scale = service.whole("scale", 0, MOST_REPLICAS);
        OptionalLong replicas = deploy.whole("replicas", 0, MOST_REPLICAS);
        OptionalLong asked = scale.isPresent() ? scale : replicas;
        return asked.isPresent() ? OptionalInt.of((int) asked.getAsLong()) : OptionalInt.empty();
    }

    private static UpdateConfig updateConfig(Section section) {
        return new UpdateConfig(
                section.whole("parallelism", 0, Long.MAX_VALUE),
                section.duration("delay"),
                section.parsed("failure_action", text -> oneOf(text, FAILURE_ACTIONS, "failure action")),
                section.duration("monitor"),
                section.fraction("max_failure_ratio").orElse(0.0),
                section.text("order").map(order -> order.equals("start-first") ? Order.START_FIRST : Order.STOP_FIRST));
    }

    private static RestartPolicy restartPolicy(Section section) {
        return new RestartPolicy(
                section.parsed("condition", text -> oneOf(text, CONDITIONS, "condition"))
                        .orElse("none"),
                section.duration("delay"),
                section.whole("max_attempts", 0, Integer.MAX_VALUE),
                section.duration("window"));
    }

    private static String oneOf(String text, Set<String> words, String what) throws InvalidValue {
        if (!words.contains(text)) {
            throw new InvalidValue(
                    "\"" + text + "\" is no " + what,
                    "write " + String.join(", ", words.stream().sorted().toList()));
        }
        return text;
    }
}
