package dev.portolan.demo.hosts;

import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.setup.Command;
import dev.portolan.setup.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys of a fleet, made for the occasion: one that lets this person in, and one of each host, so that all are known before they
 * run. Beside them a configuration of OpenSSH, in which each host has its name.
 *
 * @param folder absolute; for nobody else
 */
record HostKeys(Path folder) {
    private static final String OWN = "key";

    /**
     * Makes the files, in place of those that are there.
     *
     * @throws UserError when there is no OpenSSH here
     */
    static HostKeys make(Machine machine, Path folder, List<VirtualHost> hosts) throws IOException {
        HostKeys keys = new HostKeys(folder.toAbsolutePath());
        keys.delete();
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        keys.generate(machine, OWN, "portolan");
        StringBuilder known = new StringBuilder();
        for (VirtualHost host : hosts) {
            keys.generate(machine, host.name(), host.name());
            known.append(host.address()).append(' ').append(Files.readString(keys.publicFile(host.name())));
        }
        Files.writeString(folder.resolve("known_hosts"), known);
        Files.writeString(keys.config(), keys.config(hosts));
        return keys;
    }

    private void generate(Machine machine, String name, String comment) {
        Command command = Command.of(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                comment,
                "-f",
                file(name).toString());
        Machine.Result result = machine.run(command);
        if (!result.succeeded()) {
            throw new UserError(
                    "no SSH key can be made: " + result.lastWords(),
                    "install OpenSSH's client (Debian: apt-get install openssh-client)");
        }
    }

    /** What {@code ssh -F} takes, and {@code PORTOLAN_SSH_CONFIG}. */
    Path config() {
        return folder.resolve("config");
    }

    private String config(List<VirtualHost> hosts) {
        StringBuilder text = new StringBuilder();
        for (VirtualHost host : hosts) {
            text.append("Host %s %s\n  HostName %s\n".formatted(host.name(), host.address(), host.address()));
        }
        return text.append("""
                Host *
                  User deploy
                  IdentityFile "%1$s/key"
                  IdentitiesOnly yes
                  IdentityAgent none
                  UserKnownHostsFile "%1$s/known_hosts"
                  GlobalKnownHostsFile /dev/null
                  StrictHostKeyChecking yes
                """.formatted(folder)).toString();
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private Path publicFile(String name) {
        return folder.resolve(name + ".pub");
    }

    /** Whom the hosts let in. */
    Secret authorized() throws IOException {
        return new Secret(Files.readAllBytes(publicFile(OWN)));
    }

    /** The private key of a host. */
    Secret of(VirtualHost host) throws IOException {
        return new Secret(Files.readAllBytes(file(host.name())));
    }

    /** Deletes all files. */
    void delete() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }
}
