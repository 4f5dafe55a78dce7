package dev.portolan.compose;

import dev.portolan.model.Hook;
import dev.portolan.model.Hooks;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service's {@code post_start} and {@code pre_stop}. */
final class HookReader {
    private HookReader() {}

    /** Nothing where a service has neither. */
    static Optional<Hooks> read(Section service) {
        Hooks hooks = new Hooks(hooks(service, "post_start"), hooks(service, "pre_stop"));
        return Optional.of(hooks)
                .filter(said -> !said.postStart().isEmpty() || !said.preStop().isEmpty());
    }

    private static List<Hook> hooks(Section service, String key) {
        return service.sections(key).stream()
                .map(hook -> new Hook(
                        hook.texts("command"),
                        hook.text("user"),
                        hook.truth("privileged", false),
                        hook.text("working_dir"),
                        hook.values("environment"),
                        hook.pairs("environment").entrySet().stream()
                                .filter(variable -> variable.getValue().isEmpty())
                                .map(Map.Entry::getKey)
                                .toList()))
                .toList();
    }
}
