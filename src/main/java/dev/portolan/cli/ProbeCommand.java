package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.load.LoadReport;
import dev.portolan.load.LoadSettings;
import dev.portolan.load.Probe;
import dev.portolan.load.Rate;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.ExitCode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** {@code portolan probe}. */
final class ProbeCommand implements Command {
    private static final Rate USUAL_RATE = Rate.perSecond(10);
    private static final Duration USUAL_TIME = Duration.ofSeconds(10);

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.PROBE,
                        "Reads an address at a constant rate and counts every answer: each request is made at its time,"
                                + " whether or not the ones before it were answered. Of tcp://HOST:PORT it makes connections, and"
                                + " counts those. Exits 1 when one failed. Ctrl-C ends it early, with the report.")
                .argument("URL", "What to read, with http or https, or where to connect, with tcp and a port.")
                .option("--rate", "RATE", "Such as 200/s or 30/m; " + USUAL_RATE + " by default.")
                .option("--for", "DURATION", "Such as 1m; 10s by default.")
                .option(
                        "--say",
                        "LINE",
                        "Say this on each connection of TCP, and count those on which no line comes back as failed.")
                .examples(
                        "portolan probe http://localhost:8080/",
                        "portolan probe http://localhost:8080/ --rate 200/s --for 1m",
                        "portolan probe https://shop.example/ --rate 30/m --for 1h --output json",
                        "portolan probe tcp://localhost:6379 --say PING --rate 50/s");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        Rate rate = arguments.text("--rate").map(Rate::parse).orElse(USUAL_RATE);
        Duration time = arguments.duration("--for").orElse(USUAL_TIME);
        Probe.Request request = Probe.Request.of(address(arguments), rate, time);
        Optional<String> line = arguments.text("--say");
        if (line.isPresent() && request.kind() != ReaderKind.CONNECTION) {
            throw arguments.usage("--say is for connections of TCP", "write for example tcp://localhost:6379");
        }
        Probe probe = new Probe(line.isPresent() ? request.saying(line.get()) : request);
        session.interrupts().react(probe::stop);
        LoadReport report =
                probe.run(LoadSettings.standard(), soFar -> session.display().show(new Event.LoadSeen(soFar)));
        session.display().show(new Event.LoadEnded(report));
        return Summary.of(
                        report.failed() == 0 ? "none failed" : "some failed",
                        report.failed() == 0 ? ExitCode.DONE : ExitCode.FAILED)
                .counted(report.requests(), report.failed())
                .after(report.elapsed());
    }

    private static URI address(Arguments arguments) {
        String text = arguments.required(0);
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw arguments.usage("\"" + text + "\" is no address", "write for example http://localhost:8080/");
        }
    }
}
