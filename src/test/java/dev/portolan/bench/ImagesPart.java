package dev.portolan.bench;

import dev.portolan.host.ssh.TestSshd;
import dev.portolan.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long an image takes to the engine of a host, over OpenSSH's server on the loopback and on a slower way: a first time, and with one layer changed, beside
 * {@code docker save | gzip | ssh docker load}. Takes two engines of the tests, and root.
 */
record ImagesPart(Path folder, Report report) {
    private static final String NAME = "portolan-bench/travel";
    private static final int REPETITIONS = 3;
    private static final int BASE = 60 << 20;
    private static final int CODE = 4 << 20;
    private static final long UPLINK = 20_000_000 / 8;
    private static final String PEER = "save | gzip | ssh load";
    private static final String PORTOLAN = "portolan";

    void run() throws Exception {
        if (!System.getProperty("user.name").equals("root")) {
            report.say("images: left out, since it starts engines of its own; run it as root");
            return;
        }
        TestEngine here = TestEngine.shared();
        TestEngine there = TestEngine.second();
        try (TestSshd server = TestSshd.start(folder.resolve("server"))) {
            build(here, "1", 1);
            build(here, "2", 2);
            measure("the loopback", here, there, configure(server, server.port()));
            try (SlowLink link = new SlowLink(server.port(), UPLINK)) {
                measure("an uplink of 20 Mbit/s", here, there, configure(server, link.port()));
            }
        } finally {
            remove(here);
            remove(there);
        }
    }

    private void measure(String way, TestEngine here, TestEngine there, Path config) throws Exception {
        Times[] first = {new Times(), new Times()};
        Times[] second = {new Times(), new Times()};
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            remove(there);
            first[0].add(peer(here, there, config, "1"));
            second[0].add(peer(here, there, config, "2"));
            remove(there);
            first[1].add(ours(here, there, config, "1"));
            second[1].add(ours(here, there, config, "2"));
        }
        report.heading("An image of " + ((BASE + CODE) >> 20) + " MiB to a host over SSH, on " + way + " ("
                + REPETITIONS + " times, in turn)");
        report.table(List.of(
                List.of("", "min", "median", "max", "to " + PEER),
                row("first time, " + PEER, first[0], first[0]),
                row("first time, " + PORTOLAN, first[1], first[0]),
                row("one changed layer of " + (CODE >> 20) + " MiB, " + PEER, second[0], second[0]),
                row("one changed layer of " + (CODE >> 20) + " MiB, " + PORTOLAN, second[1], second[0])));
    }

    private static List<String> row(String name, Times times, Times theirs) {
        return List.of(
                name,
                Times.text(times.shortest()),
                Times.text(times.median()),
                Times.text(times.longest()),
                times.ratioTo(theirs));
    }

    private Duration peer(TestEngine here, TestEngine there, Path config, String tag) throws IOException {
        String command = "docker --host unix://" + here.socket() + " save " + NAME + ":" + tag + " | gzip | ssh -F "
                + config + " box docker --host unix://" + there.socket() + " load --quiet";
        return new Program(folder, Map.of()).run(List.of("sh", "-c", command)).took();
    }

    private Duration ours(TestEngine here, TestEngine there, Path config, String tag) throws IOException {
        List<String> command = new ArrayList<>(Program.java(SendImage.class));
        command.addAll(List.of(here.socket(), there.socket(), folder.toString(), "box", NAME + ":" + tag));
        return new Program(folder, Map.of("PORTOLAN_SSH_CONFIG", config.toString()))
                .run(command)
                .took();
    }

    /** Half of it does not get smaller, as in images of programs. */
    private void build(TestEngine engine, String tag, int seed) throws IOException {
        Path context = Files.createDirectories(folder.resolve("context"));
        Files.write(context.resolve("base"), halfNoise(0, BASE));
        Files.write(context.resolve("code"), halfNoise(seed, CODE));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\nCOPY base /\nCOPY code /\n");
        new Program(folder, Map.of("DOCKER_BUILDKIT", "0"))
                .run(List.of(
                        "docker",
                        "--host",
                        "unix://" + engine.socket(),
                        "build",
                        "--tag",
                        NAME + ":" + tag,
                        context.toString()));
    }

    private static byte[] halfNoise(int seed, int length) {
        byte[] bytes = new byte[length];
        Random random = new Random(seed);
        byte[] block = new byte[256];
        for (int at = 0; at < length; at += 512) {
            random.nextBytes(block);
            System.arraycopy(block, 0, bytes, at, block.length);
        }
        return bytes;
    }

    private void remove(TestEngine engine) throws IOException {
        Program program = new Program(folder, Map.of());
        String docker = "docker --host unix://" + engine.socket();
        program.run(List.of(
                "sh", "-c", docker + " image ls -q " + NAME + " | sort -u | xargs -r " + docker + " image rm --force"));
    }

    private Path configure(TestSshd server, int port) throws IOException {
        Path key = server.allowedKey("key" + port, "-t", "ed25519", "-N", "");
        Path known = folder.resolve("known_hosts");
        Files.writeString(known, "[127.0.0.1]:" + port + " " + server.hostKey("ed25519") + "\n");
        return Files.writeString(
                folder.resolve("config"),
                "Host box\n  HostName 127.0.0.1\n  Port " + port + "\n  IdentityFile " + key + "\n  UserKnownHostsFile "
                        + known + "\n");
    }
}
