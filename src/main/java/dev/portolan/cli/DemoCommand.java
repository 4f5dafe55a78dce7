package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.config.ConfigurationReader;
import dev.portolan.config.ConfigurationReader.Options;
import dev.portolan.demo.Demo;
import dev.portolan.demo.DemoFiles;
import dev.portolan.demo.DemoImages;
import dev.portolan.demo.ImageSet;
import dev.portolan.demo.Ports;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Deploy;
import dev.portolan.deploy.Remove;
import dev.portolan.fleet.CancelledException;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.UserError;
import dev.portolan.plan.Step;
import dev.portolan.rollout.Guard;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.setup.Consent;
import dev.portolan.setup.EngineStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** {@code portolan demo}. */
final class DemoCommand implements Command {
    private static final int USUAL_PORT = 8080;

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.DEMO,
                        "Shows the whole idea on real parts: an app in three regions on this machine, with readers from the"
                                + " first deploy to the end and every request counted. Needs nothing prepared: it finds, starts"
                                + " or installs a Docker Engine, and gets its images from Docker Hub or makes them from the"
                                + " distribution's packages. Leaves nothing behind but those images. Exits 1 when a request"
                                + " failed.")
                .flag("-y, --yes", "Do not ask before an engine is installed.")
                .flag("--keep", "Leave the app running at the end, and say where.")
                .examples(
                        "portolan demo", "portolan demo --yes", "portolan demo --keep", "portolan demo --output json");
    }

    @Override
    public Summary run(Session session) {
        Instant began = session.now();
        EngineStart engine = session.parts().setup().ensure(consent(session), session.display()::say);
        boolean keep = session.arguments().flag("--keep");
        boolean done = false;
        try (Parts parts = session.parts().at(session.parts().state().resolve("demo"))) {
            Summary summary = new Play(session, parts).play(keep);
            done = true;
            return summary.after(Duration.between(began, session.now()));
        } finally {
            if (!keep || !done) {
                session.parts().setup().stop(engine);
            }
        }
    }

    private static Consent consent(Session session) {
        boolean ask = !session.arguments().flag("--yes")
                && !session.json()
                && session.surroundings().canAsk();
        return ask ? question -> Question.ask(session.surroundings(), question) : Consent.GIVEN;
    }

    /** One run of the demo. */
    private static final class Play {
        private final Session session;
        private final Parts parts;
        private final Path folder;
        private final AtomicBoolean cancelled = new AtomicBoolean();
        private final Guard cancellation = () -> {
            if (cancelled.get()) {
                throw new CancelledException();
            }
        };

        Play(Session session, Parts parts) {
            this.session = session;
            this.parts = parts;
            this.folder = parts.state().resolve("app");
        }

        Summary play(boolean keep) {
            ImageSet images = new DemoImages(
                            parts.engine(), parts.machine(), session.parts().state())
                    .ensure(session.display()::say);
            session.display().say(images.origin());
            try {
                clearEarlier(images);
                DemoFiles.APP.writeTo(folder);
                int port = Ports.free(USUAL_PORT, 4);
                Path file = folder.resolve("portolan.yml");
                Files.writeString(file, Files.readString(file).replace("port: " + USUAL_PORT, "port: " + port));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            session.interrupts().react(() -> {
                session.display().say("stopping: everything is taken away");
                cancelled.set(true);
            });
            boolean good = false;
            try {
                Summary summary = acts(images);
                good = true;
                if (keep) {
                    sayWhere(images);
                }
                return summary;
            } finally {
                if (!keep || !good) {
                    takeAway(images);
                }
            }
        }

        private Summary acts(ImageSet images) {
            Demo.Report report = new Demo(
                            (version, fault) -> read(images, version, fault),
                            app(images),
                            cancellation,
                            session.display()::say,
                            this::show)
                    .run();
            session.display().show(new Event.LoadEnded(report.load()));
            report.broken().forEach(promise -> session.display().say("NOT KEPT: " + promise));
            return Summary.of(
                            report.good() ? "no request failed" : "not as promised",
                            report.good() ? ExitCode.DONE : ExitCode.FAILED)
                    .counted(report.load().requests(), report.load().failed());
        }

        /** The story is told without the lines of builds. */
        private void show(RolloutEvent event) {
            if (!(event instanceof RolloutEvent.StepWent went && went.step() instanceof Step.PrepareImage)) {
                session.display().show(new Event.Rolled(event));
            }
        }

        private Desired read(ImageSet images, String version, String fault) {
            Map<String, String> variables = new HashMap<>(images.variables());
            variables.put("RELEASE", version);
            variables.put("FAULT", fault);
            return ConfigurationReader.read(folder, Options.of(variables, parts.engine()::imageDigest))
                    .desired();
        }

        private App app(ImageSet images) {
            Desired first = read(images, "v1", "");
            return session.app(first.app(), first.hosts(), first.keeper().id(), parts);
        }

        /** A demo that was killed, or kept, is taken away before the next one. */
        private void clearEarlier(ImageSet images) throws IOException {
            if (Files.exists(folder.resolve("portolan.yml"))) {
                session.display().say("taking away what an earlier demo left");
                takeAway(images);
            }
        }

        private void takeAway(ImageSet images) {
            Deploy.Options options =
                    new Deploy.Options(Optional.empty(), plan -> true, () -> {}, event -> {}, notice -> {});
            App app = app(images);
            new Remove(app).remove(read(images, "v1", ""), true, options);
            try (Stream<Path> files = Files.walk(parts.state())) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException broken) {
                throw new UserError(
                        "the demo's folder " + parts.state() + " cannot be removed: " + broken.getMessage(),
                        "remove it by hand",
                        ExitCode.FAILED,
                        broken);
            }
        }

        private void sayWhere(ImageSet images) {
            Desired release = read(images, "v1", "");
            List<String> lines = Stream.concat(
                            Stream.of("the app runs on: " + edge(release)),
                            release.regions().stream()
                                    .map(region -> "  " + region.name() + ": http://"
                                            + ProxyPorts.originOf(
                                                    release, region.hosts().getFirst())
                                            + "/"))
                    .toList();
            lines.forEach(session.display()::say);
            session.display()
                    .say("look at it with: PORTOLAN_STATE=" + parts.state() + " portolan status -C " + folder
                            + "; the next demo takes it away");
        }

        private static String edge(Desired release) {
            return switch (release.traffic()) {
                case dev.portolan.model.TrafficSettings.Edge(int port) -> "http://localhost:" + port + "/";
                case dev.portolan.model.TrafficSettings.None() -> "its regions";
            };
        }
    }
}
