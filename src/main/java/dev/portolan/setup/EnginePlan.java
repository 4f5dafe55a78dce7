package dev.portolan.setup;

import dev.portolan.model.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Decides how a silent machine gets an engine that answers. Pure. */
final class EnginePlan {
    private EnginePlan() {}

    /**
     * @throws UserError when a person has to do it; it says what exactly
     */
    static List<SetupStep> of(MachineFacts facts) {
        if (!facts.isLinux()) {
            throw new UserError(
                    "no Docker Engine answers on this machine, and Portolan installs one on Debian and Ubuntu only",
                    "start Docker Desktop, or install it from https://docs.docker.com/desktop, and try again");
        }
        if (!facts.engineInstalled() && !facts.hasApt()) {
            throw new UserError(
                    "no Docker Engine is installed, and Portolan installs one on Debian and Ubuntu only",
                    "install it as https://docs.docker.com/engine/install says for your distribution, and try again");
        }
        if (facts.rights() == Rights.NONE) {
            throw facts.engineInstalled()
                    ? new UserError(
                            "the Docker Engine of this machine does not run, and starting it needs the rights of root",
                            "run: sudo " + (facts.systemd() ? "systemctl start docker" : "dockerd --live-restore"))
                    : new UserError(
                            "no Docker Engine is installed, and installing one needs the rights of root",
                            "run: sudo apt-get install docker.io && sudo usermod -aG docker " + facts.user()
                                    + ", then log in again");
        }
        List<SetupStep> steps = new ArrayList<>();
        if (!facts.engineInstalled()) {
            steps.add(new SetupStep.Install());
        }
        // The package that is installed brings a unit with it
        boolean unit = facts.systemd() && (facts.engineUnit() || !facts.engineInstalled());
        steps.add(unit ? new SetupStep.StartUnit() : new SetupStep.StartDaemon());
        if (facts.rights() == Rights.SUDO) {
            steps.add(new SetupStep.GrantAccess(facts.user()));
        }
        return List.copyOf(steps);
    }

    /** What a person is asked before the steps are done. */
    static String question(List<SetupStep> steps) {
        return "No Docker Engine answers on this machine. "
                + steps.stream()
                        .map(step -> switch (step) {
                            case SetupStep.Install _ -> "install docker.io by apt-get";
                            case SetupStep.StartUnit _ -> "start it by systemd";
                            case SetupStep.StartDaemon _ -> "start dockerd";
                            case SetupStep.GrantAccess(String user) -> "let " + user + " use it";
                        })
                        .collect(Collectors.collectingAndThen(Collectors.joining(", "), EnginePlan::capitalized))
                + "?";
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
