package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.OneOff;

/** {@code portolan run}. */
final class RunCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.RUN,
                        "Runs a command in a fresh container of the release that serves, with the service's image,"
                                + " variables, networks and mounts but none of its ports, and removes it afterwards. It gets"
                                + " a terminal when this command has one, and its exit code is this command's. Options come"
                                + " before SERVICE.")
                .option("--region", "REGION", "Another region than the primary.")
                .argument("SERVICE", "The service.")
                .rest("COMMAND", "The command and its arguments.")
                .examples(
                        "portolan run web bin/rails console",
                        "portolan run --region sydney worker bin/rails runner Report.print",
                        "portolan run web tar -c /app/public > public.tar");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        App app = session.app(session.project().outline());
        int exit = Streams.lend(
                session,
                terminal -> new OneOff(app)
                        .run(
                                arguments.required(0),
                                arguments.text("--region"),
                                arguments.rest(1),
                                terminal,
                                kill -> session.interrupts().react(kill)));
        return Summary.ofStatus("exited", exit);
    }
}
