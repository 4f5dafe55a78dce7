package dev.portolan.rollout;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.Logging;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.HealthTest;
import dev.portolan.model.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A container for one command. It is as the service's own, but: no published port, since the service has it; no name on the networks, so
 * that nobody takes it for the service; no health check and no second life.
 */
public final class OneOffSpec {
    private static final HealthTest NO_HEALTH_TEST =
            new HealthTest(List.of("NONE"), Duration.ZERO, Duration.ZERO, 0, Duration.ZERO);
    /** Its output can be read back whatever the service's goes to, and is bounded. */
    private static final Logging READABLE = new Logging("local", Map.of("max-size", "5m", "max-file", "2"));

    private OneOffSpec() {}

    /**
     * For a person, who has its streams.
     *
     * @param tty whether the command gets a terminal
     */
    public static ContainerSpec attended(ContainerSpec service, List<String> command, boolean tty) {
        // a terminal has no end; without one the command hears when its input ends
        return of(service, command, tty, true, !tty, service.logging());
    }

    /** For nobody: without input. */
    static ContainerSpec unattended(ContainerSpec service, List<String> command) {
        return of(service, command, false, false, false, READABLE);
    }

    private static ContainerSpec of(
            ContainerSpec service,
            List<String> command,
            boolean tty,
            boolean stdinOpen,
            boolean attached,
            Logging logging) {
        ProcessSpec process = service.process();
        Networking networking = service.networking();
        return new ContainerSpec(
                service.image(),
                new ProcessSpec(
                        Optional.of(command),
                        process.entrypoint(),
                        process.environment(),
                        process.user(),
                        process.workingDirectory(),
                        process.stopSignal(),
                        process.stopGrace(),
                        process.init(),
                        tty,
                        stdinOpen,
                        attached,
                        process.unset(),
                        Optional.empty(),
                        process.secrets()),
                Optional.of(NO_HEALTH_TEST),
                new Networking(
                        networking.attachments().stream()
                                .map(attachment -> new NetworkAttachment(attachment.network(), List.of()))
                                .toList(),
                        networking.mode(),
                        List.of(),
                        networking.exposed(),
                        Optional.empty(),
                        networking.extraHosts(),
                        networking.dns(),
                        List.of(),
                        networking.naming()),
                service.storage(),
                service.resources(),
                service.security(),
                service.labels(),
                RestartPolicy.NEVER,
                logging,
                service.engine());
    }
}
