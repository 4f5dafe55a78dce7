package dev.portolan.cli;

import dev.portolan.cli.render.Display;
import dev.portolan.cli.render.Event;
import dev.portolan.config.Configuration;
import dev.portolan.config.Outline;
import dev.portolan.deploy.App;
import dev.portolan.deploy.LocalContents;
import dev.portolan.deploy.Notice;
import dev.portolan.deploy.SecretKey;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Threads;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.ReleaseId;
import dev.portolan.secrets.Safe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What one command works with. Nothing is made before it is asked for.
 *
 * @param interrupts what Ctrl-C does
 */
record Session(Arguments arguments, Surroundings surroundings, Display display, Parts parts, Interrupts interrupts) {
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    Project project() {
        Path folder = arguments
                .text(Usage.DIRECTORY)
                .map(given -> surroundings.folder().resolve(given).normalize())
                .orElseGet(() -> Project.nearest(surroundings.folder()));
        return new Project(folder, surroundings.environment());
    }

    App app(Outline outline) {
        return app(outline.app(), outline.hosts(), outline.keeper(), parts);
    }

    /** An app whose hosts are reached by these parts. */
    App app(String name, List<Host> hosts, HostId keeper, Parts with) {
        Fleet fleet = with.fleet(name, hosts, display::say);
        return new App(
                name,
                keeper,
                fleet,
                new Threads(),
                new LocalContents(surroundings.environment(), () -> safe(name, fleet, keeper, with)),
                App.Identity.ofThisProcess(machineName()));
    }

    /** What the configuration asks for now, its images looked up; what is worth a look is shown. */
    Desired desired() {
        Outline outline = project().outline();
        Fleet fleet = parts.fleet(outline.app(), outline.hosts(), display::say);
        Configuration configuration = project()
                .configuration(
                        new KnownImages(fleet.home().orElseGet(parts::engine)),
                        new KnownSecrets(() -> safe(outline.app(), fleet, outline.keeper(), parts)));
        configuration.warnings().forEach(warning -> display.show(new Event.Warned(warning)));
        return configuration.desired();
    }

    private Safe safe(String app, Fleet fleet, HostId keeper, Parts with) {
        return with.safe(project().folder(), () -> SecretKey.of(fleet.on(keeper).files(), app));
    }

    /** The release that serves or, before the first one, what the configuration asks for. */
    Desired committedOrConfigured(App app) {
        return app.history(this::notice)
                .committed()
                .flatMap((ReleaseId id) -> app.releases().load(id))
                .orElseGet(() -> project().unresolved().desired());
    }

    void notice(Notice notice) {
        display.show(new Event.Noticed(notice));
    }

    Instant now() {
        return Instant.now();
    }

    boolean json() {
        return arguments.json();
    }

    private String machineName() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException elsewhere) {
            return surroundings.environment().getOrDefault("HOSTNAME", "localhost");
        }
    }
}
