package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.deploy.Doctor;
import dev.portolan.deploy.Finding;
import dev.portolan.model.ExitCode;
import java.util.List;

/** {@code portolan doctor}. */
final class DoctorCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.DOCTOR,
                        "Checks the engine, disks, memory, ports and the configuration, and says what to do about each"
                                + " finding. Exits 1 when something must be done before a deploy.")
                .examples("portolan doctor", "portolan doctor --output json");
    }

    @Override
    public Summary run(Session session) {
        List<Finding> findings = Doctor.findings(new Examination(session).facts());
        session.display().show(new Event.Examined(findings));
        boolean wrong = findings.stream().anyMatch(finding -> finding.grade() == Finding.Grade.WRONG);
        return Summary.of(wrong ? "something must be done" : "fit", wrong ? ExitCode.FAILED : ExitCode.DONE);
    }
}
