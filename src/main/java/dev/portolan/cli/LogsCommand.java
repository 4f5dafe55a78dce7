package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Logs;

/** {@code portolan logs}. */
final class LogsCommand implements Command {
    private static final int USUAL = 100;

    @Override
    public Usage usage() {
        return Usage.of(CommandName.LOGS, "Shows what the containers say, of all regions, merged by time.")
                .optionalArgument("SERVICE", "One service; all of them by default.")
                .flag("-f, --follow", "Go on until Ctrl-C, with containers that come meanwhile.")
                .option("--tail", "N", "How many of the last lines of each container; 100 by default, \"all\" for all.")
                .option("--region", "REGION", "One region; all of them by default.")
                .examples(
                        "portolan logs",
                        "portolan logs web -f",
                        "portolan logs worker --region dublin --tail all",
                        "portolan logs -f --output json");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        int tail = arguments.text("--tail").filter("all"::equals).isPresent()
                ? -1
                : arguments.number("--tail", 0).orElse(USUAL);
        Logs.Selection selection = new Logs.Selection(arguments.argument(0), arguments.text("--region"), tail);
        App app = session.app(session.project().outline());
        Logs logs = new Logs(app);
        if (arguments.flag("--follow")) {
            Thread reader = Thread.currentThread();
            session.interrupts().react(reader::interrupt);
            logs.follow(selection, entry -> session.display().show(new Event.LogSeen(entry)));
        } else {
            logs.read(selection).forEach(entry -> session.display().show(new Event.LogSeen(entry)));
        }
        return Summary.done();
    }
}
