package dev.portolan.testing;

import dev.portolan.demo.hosts.VirtualHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The network between virtual hosts and this machine, cut or slow. All but {@link #unplug} is in the host itself, so a host that starts
 * again meanwhile has lost it.
 */
public final class HostWires {
    private static final Path DELAY = Path.of("src/test/resources/dev/portolan/testing/delay.py");
    private static final String OUT = "1";
    private static final String IN = "2";

    private final HostShell shell;
    private final Inside inside;

    HostWires(HostShell shell, Inside inside) {
        this.shell = shell;
        this.inside = inside;
    }

    /** No packet passes between a host and this machine; the hosts go on to reach each other. */
    public Fault fromHere(VirtualHost host) {
        return drop(host, machine(host) + "/32");
    }

    /** No packet passes between two hosts. */
    public Fault between(VirtualHost one, VirtualHost other) {
        Fault first = drop(one, other.address() + "/32");
        Fault second = drop(other, one.address() + "/32");
        return () -> {
            second.close();
            first.close();
        };
    }

    /** No packet passes between a host and anybody else. */
    public Fault fromAll(VirtualHost host) {
        return drop(host, "0.0.0.0/0");
    }

    /** As long as connections are cut nobody is told: packets are lost, as on a broken line. */
    private Fault drop(VirtualHost host, String network) {
        filter(host, "-I", "-t raw", "PREROUTING -i eth0 -s " + network + " -j DROP");
        filter(host, "-I", "-t raw", "OUTPUT -o eth0 -d " + network + " -j DROP");
        return () -> {
            lift(host, "-t raw", "OUTPUT -o eth0 -d " + network + " -j DROP");
            lift(host, "-t raw", "PREROUTING -i eth0 -s " + network + " -j DROP");
        };
    }

    private void filter(VirtualHost host, String action, String table, String rule) {
        shell.run(host, "iptables -w " + table + " " + action + " " + rule);
    }

    private void lift(VirtualHost host, String table, String rule) {
        shell.attempt(host, "iptables -w " + table + " -D " + rule);
    }

    /** This machine's address on the hosts' network. */
    private static String machine(VirtualHost host) {
        String[] numbers = host.address().split("\\.", -1);
        return numbers[0] + "." + numbers[1] + ".0.1";
    }

    /** Pulls the cable: the host sees that it has no carrier. Needs root on this machine. */
    public Fault unplug(VirtualHost host) {
        String cable = cable(host);
        command("ip", "link", "set", cable, "down");
        return () -> command("ip", "link", "set", cable, "up");
    }

    /** The end on this machine of what is eth0 in the host. */
    private String cable(VirtualHost host) {
        assumeRoot();
        String number = shell.run(host, "cat /sys/class/net/eth0/iflink").strip();
        try (Stream<Path> links = Files.list(Path.of("/sys/class/net"))) {
            for (Path link : links.toList()) {
                if (Files.readString(link.resolve("ifindex")).strip().equals(number)) {
                    return link.getFileName().toString();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        throw new IllegalStateException("no cable with number " + number + " for " + host.name());
    }

    /** No more than this passes in each direction. Needs root on this machine. */
    public Fault bandwidth(VirtualHost host, int kilobitsPerSecond) {
        String cable = cable(host);
        String limit = "root tbf rate " + kilobitsPerSecond + "kbit burst 16kb latency 400ms";
        shell.run(host, "tc qdisc replace dev eth0 " + limit);
        List<String> words = new ArrayList<>(List.of("tc", "qdisc", "replace", "dev", cable));
        words.addAll(List.of(limit.split(" ", -1)));
        command(words.toArray(String[]::new));
        return () -> {
            shell.attempt(host, "tc qdisc delete dev eth0 root");
            if (Files.exists(Path.of("/sys/class/net/" + cable))) {
                command("tc", "qdisc", "delete", "dev", cable, "root");
            }
        };
    }

    /**
     * Each packet that a host sends or gets takes longer. Needs root and Python 3 on this machine, and a kernel with NFQUEUE;
     * otherwise the test is skipped and says so.
     */
    public Fault latency(VirtualHost host, Duration eachWay) {
        assumeRoot();
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/python3")), "needs /usr/bin/python3 to hold back packets");
        String outgoing = "POSTROUTING -o eth0 -j NFQUEUE --queue-num " + OUT + " --queue-bypass";
        String incoming = "PREROUTING -i eth0 -j NFQUEUE --queue-num " + IN + " --queue-bypass";
        Process delay = startDelay(host, eachWay);
        HostShell.Answer answer = shell.attempt(
                host, "iptables -w -t mangle -A " + outgoing + " && iptables -w -t mangle -A " + incoming);
        if (answer.exitCode() != 0) {
            delay.destroyForcibly().onExit().join();
            Assumptions.abort("this kernel cannot hold back packets (NFQUEUE): " + answer.output());
        }
        return () -> {
            lift(host, "-t mangle", incoming);
            lift(host, "-t mangle", outgoing);
            delay.destroyForcibly().onExit().join();
        };
    }

    private Process startDelay(VirtualHost host, Duration eachWay) {
        try {
            long first = inside.process(host.container());
            Process delay = new ProcessBuilder(
                            "nsenter",
                            "--target=" + first,
                            "--net",
                            "/usr/bin/python3",
                            DELAY.toString(),
                            String.valueOf(eachWay.toMillis()),
                            OUT,
                            IN)
                    .redirectErrorStream(true)
                    .start();
            BufferedReader output = delay.inputReader(StandardCharsets.UTF_8);
            String line = String.valueOf(output.readLine());
            if (!line.equals("ready")) {
                delay.destroyForcibly().onExit().join();
                throw new IllegalStateException("packets are not held back: " + line);
            }
            return delay;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void assumeRoot() {
        Assumptions.assumeTrue(
                System.getProperty("user.name").equals("root"), "needs root for the cables of virtual hosts");
    }

    private static void command(String... words) {
        try {
            Commands.run(words);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
