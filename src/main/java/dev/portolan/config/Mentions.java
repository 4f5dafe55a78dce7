package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the mark of a secret stands in a Compose project. Only the environment of a service may have one: everything else is to be
 * seen by anybody who may look at the engine, at a process or at an image.
 */
final class Mentions {
    private final Set<String> marks;
    private final List<String> path = new ArrayList<>();
    private final List<Mention> found = new ArrayList<>();

    private Mentions(Set<String> marks) {
        this.marks = marks;
    }

    /**
     * @param mark that stands there
     * @param path such as {@code services/web/labels}
     */
    record Mention(String mark, String path, SourceLocation location) {}

    /** All that stand anywhere but in an environment. */
    static List<Mention> outsideOfEnvironments(ComposeProject project, Set<String> marks) {
        Mentions mentions = new Mentions(marks);
        SourceLocation nowhere = SourceLocation.wholeFile("compose.yaml");
        project.services().forEach((name, service) -> mentions.under(service, "services/" + name, service.location()));
        project.networks().forEach((name, network) -> mentions.under(network, "networks/" + name, nowhere));
        project.volumes().forEach((name, volume) -> mentions.under(volume, "volumes/" + name, nowhere));
        project.configs().forEach((name, config) -> mentions.under(config, "configs/" + name, config.location()));
        project.secrets().forEach((name, secret) -> mentions.under(secret, "secrets/" + name, secret.location()));
        return List.copyOf(mentions.found);
    }

    private void under(Record value, String where, SourceLocation location) {
        int before = found.size();
        path.clear();
        path.add(where);
        look(value, location);
        if (found.size() > before + 1) {
            found.subList(before + 1, found.size()).clear(); // one for each entry is enough
        }
    }

    private void look(Object value, SourceLocation location) {
        switch (value) {
            case SourceLocation _ -> {}
            case YamlNode _ -> {}
            case Optional<?> optional -> optional.ifPresent(held -> look(held, location));
            case Map<?, ?> map ->
                map.forEach((key, held) -> {
                    look(key, location);
                    look(held, location);
                });
            case Collection<?> items -> items.forEach(item -> look(item, location));
            case Record holder -> components(holder, location);
            default -> {
                String text = value.toString();
                marks.stream()
                        .filter(text::contains)
                        .forEach(mark -> found.add(new Mention(mark, String.join("/", path), location)));
            }
        }
    }

    private void components(Record holder, SourceLocation location) {
        for (RecordComponent component : holder.getClass().getRecordComponents()) {
            boolean environment = holder instanceof ComposeService.ProcessSettings
                    && component.getName().equals("environment");
            if (!environment) {
                look(held(holder, component), location);
            }
        }
    }

    private static Object held(Record holder, RecordComponent component) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(holder);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("cannot read " + component, broken);
        }
    }
}
