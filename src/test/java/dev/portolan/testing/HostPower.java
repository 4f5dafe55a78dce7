package dev.portolan.testing;

import dev.portolan.demo.hosts.VirtualHost;
import dev.portolan.demo.hosts.VirtualHosts;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** Power of virtual hosts: cut, given back, started again in good order. */
public final class HostPower {
    private static final Duration REBOOT_LIMIT = Duration.ofMinutes(1);
    private static final String BOOT = "cat /proc/sys/kernel/random/boot_id";

    private final TestEngine engine;
    private final ContainerEngine outer;
    private final VirtualHosts fleet;
    private final HostShell shell;

    HostPower(TestEngine engine, ContainerEngine outer, VirtualHosts fleet, HostShell shell) {
        this.engine = engine;
        this.outer = outer;
        this.fleet = fleet;
        this.shell = shell;
    }

    /** Takes the power away: everything on it is dead at once. What was written to its disk stays. */
    public void cut(VirtualHost host) {
        outer.signal(host.container(), "KILL");
        outer.await(host.container());
    }

    /** Gives the power back and waits until the host has started. */
    public void restore(VirtualHost host) {
        outer.start(host.container());
        fleet.await(host);
    }

    /** Takes the power away until it is lifted. */
    public Fault off(VirtualHost host) {
        cut(host);
        return () -> restore(host);
    }

    /** Shuts the host down in good order, as {@code reboot} does, and waits until it has started again. */
    public void reboot(VirtualHost host) {
        String before = shell.run(host, BOOT);
        shell.attempt(host, "systemctl reboot"); // which may be cut off by what it does
        long end = System.nanoTime() + REBOOT_LIMIT.toNanos();
        while (boot(host, before).equals(before)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(host.name() + " does not shut down");
            }
            pause();
        }
        fleet.await(host);
    }

    private String boot(VirtualHost host, String unknown) {
        try {
            HostShell.Answer answer = shell.attempt(host, BOOT);
            return answer.exitCode() == 0 ? answer.output() : unknown;
        } catch (UserError between) {
            return unknown;
        }
    }

    /** Stops all that happens on the host until it is lifted; its connections stay open. */
    public Fault freeze(VirtualHost host) {
        call(host, "pause");
        return () -> call(host, "unpause");
    }

    private void call(VirtualHost host, String action) {
        try {
            Inside.of(engine).post("/containers/" + host.container() + "/" + action, "");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void pause() {
        try {
            Commands.pause(Duration.ofMillis(200));
        } catch (IOException interrupted) {
            throw new UncheckedIOException(interrupted);
        }
    }
}
