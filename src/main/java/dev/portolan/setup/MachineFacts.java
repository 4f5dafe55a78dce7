package dev.portolan.setup;

import java.util.Set;

/**
 * What a set-up has to know about the machine.
 *
 * @param operatingSystem as Java names it: {@code Linux}, {@code Mac OS X} ...
 * @param distributions {@code ID} and {@code ID_LIKE} of {@code /etc/os-release}
 * @param user name of the user who runs the command
 * @param systemd whether it is the first process
 * @param engineInstalled whether there is a {@code dockerd}
 * @param engineUnit whether systemd knows a unit {@code docker.service}
 */
public record MachineFacts(
        String operatingSystem,
        Set<String> distributions,
        String user,
        Rights rights,
        boolean systemd,
        boolean engineInstalled,
        boolean engineUnit) {

    public MachineFacts {
        distributions = Set.copyOf(distributions);
    }

    /** Whether packages come by {@code apt-get}. */
    public boolean hasApt() {
        return distributions.contains("debian") || distributions.contains("ubuntu");
    }

    boolean isLinux() {
        return operatingSystem.equals("Linux");
    }
}
