package dev.portolan.setup;

import dev.portolan.model.UserError;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Installs packages of Debian or Ubuntu without asking anything. */
public final class Apt {
    private static final Map<String, String> UNATTENDED = Map.of("DEBIAN_FRONTEND", "noninteractive");
    private static final String WAIT_FOR_OTHERS =
            "DPkg::Lock::Timeout=120"; // seconds; unattended upgrades hold the lock

    private Apt() {}

    static Command update(Rights rights) {
        return rights.command(UNATTENDED, "apt-get", "-q", "-o", WAIT_FOR_OTHERS, "update");
    }

    static Command install(Rights rights, List<String> packages) {
        return rights.command(
                UNATTENDED,
                Stream.concat(
                                Stream.of(
                                        "apt-get",
                                        "-q",
                                        "-y",
                                        "-o",
                                        WAIT_FOR_OTHERS,
                                        "install",
                                        "--no-install-recommends"),
                                packages.stream())
                        .toArray(String[]::new));
    }

    /**
     * Installs packages. The package lists are fetched only when the machine's own do not do.
     *
     * @param progress one line for each thing that is done
     * @throws UserError when the packages cannot be installed, with the command's own last words
     */
    public static void install(Machine machine, Rights rights, List<String> packages, Consumer<String> progress) {
        progress.accept("installing " + String.join(", ", packages));
        Command install = install(rights, packages);
        if (machine.run(install).succeeded()) {
            return;
        }
        progress.accept("fetching the package lists");
        machine.run(update(rights)); // one unreachable source fails it, while the others may well do
        Machine.Result second = machine.run(install);
        if (!second.succeeded()) {
            throw new UserError(
                    "could not install " + String.join(", ", packages) + ": " + second.lastWords(),
                    "run this to see all of it: " + install);
        }
    }
}
