package dev.portolan.cli;

import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.App;
import dev.portolan.deploy.Exec;

/** {@code portolan exec}. */
final class ExecCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.EXEC,
                        "Runs a command in a running container of a service, in the primary unless another region is named."
                                + " It gets a terminal when this command has one, and its exit code is this command's."
                                + " Options come before SERVICE.")
                .option("--region", "REGION", "Another region than the primary.")
                .argument("SERVICE", "The service.")
                .rest("COMMAND", "The command and its arguments.")
                .examples(
                        "portolan exec web sh",
                        "portolan exec --region sydney web printenv DATABASE_URL",
                        "portolan exec db pg_dump -U shop shop > shop.sql");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        App app = session.app(session.project().outline());
        int exit = Streams.lend(
                session,
                terminal -> new Exec(app)
                        .exec(arguments.required(0), arguments.text("--region"), arguments.rest(1), terminal));
        return Summary.ofStatus("exited", exit);
    }
}
