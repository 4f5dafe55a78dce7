package dev.portolan.deploy;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ImageSource;
import dev.portolan.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** In which respects two versions of a service differ. Names of variables only, since a value may be a secret. Pure. */
final class Difference {
    private static final int SHORT_DIGEST = 19; // sha256: and twelve digits

    private Difference() {}

    static List<String> between(Service before, Service after) {
        List<String> found = new ArrayList<>();
        ContainerSpec old = before.container();
        ContainerSpec now = after.container();
        if (!old.image().equals(now.image())) {
            found.add("image " + image(old.image(), now.image()));
        }
        if (!old.process().environment().equals(now.process().environment())) {
            found.add("variables "
                    + String.join(
                            ", ",
                            names(old.process().environment(), now.process().environment())));
        }
        found.addAll(SecretChanges.between(old, now));
        add(found, "variables taken away", old.process().unset(), now.process().unset());
        add(found, "command", command(old), command(now));
        add(found, "health check", old.healthTest(), now.healthTest());
        add(found, "networking", old.networking(), now.networking());
        add(found, "mounts and files", old.storage(), SecretChanges.withSecretFilesOf(old, now));
        add(found, "resources", old.resources(), now.resources());
        add(found, "security", old.security(), now.security());
        add(found, "labels", old.labels(), now.labels());
        add(found, "restart", old.restart(), now.restart());
        add(found, "logging", old.logging(), now.logging());
        add(found, "how the engine runs it", old.engine(), now.engine());
        add(found, "the hosts that have it", before.hosts(), after.hosts());
        if (before.replicas() != after.replicas()) {
            found.add(before.replicas() + " -> " + after.replicas() + " replicas");
        }
        return found;
    }

    private static void add(List<String> found, String what, Object before, Object after) {
        if (!before.equals(after)) {
            found.add(what);
        }
    }

    /** All of how the process starts and stops but its variables. */
    private static List<Object> command(ContainerSpec spec) {
        var process = spec.process();
        return List.of(
                process.command(),
                process.entrypoint(),
                process.user(),
                process.workingDirectory(),
                process.stopSignal(),
                process.stopGrace(),
                process.init(),
                List.of(process.tty(), process.stdinOpen()));
    }

    private static Set<String> names(Map<String, String> before, Map<String, String> after) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Optional.ofNullable(before.get(name)).equals(Optional.ofNullable(after.get(name))));
        return names;
    }

    private static String image(ImageSource before, ImageSource after) {
        return before.reference().equals(after.reference())
                        && before instanceof ImageSource.Pulled old
                        && after instanceof ImageSource.Pulled now
                ? now.reference() + " " + shortened(old.digest()) + " -> " + shortened(now.digest())
                : before.reference() + " -> " + after.reference();
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(digest.length(), SHORT_DIGEST));
    }
}
