package dev.portolan.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;

/** A git repository that is served by HTTP on the loopback interface, by git's own program for that. */
public final class GitServer implements AutoCloseable {
    private static final Path GIT = Path.of("/usr/bin/git");
    private static final String NAME = "app.git";

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private GitServer(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    /** With an empty branch {@code main}. The test is skipped, and says so, where there is no git. */
    public static GitServer start(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(GIT), "needs git: " + GIT);
        Path work = Files.createDirectories(folder.resolve("work"));
        Files.createDirectories(folder.resolve("served"));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        GitServer git = new GitServer(folder, server);
        git.git(
                "init",
                "-q",
                "--bare",
                "-b",
                "main",
                folder.resolve("served").resolve(NAME).toString());
        git.git("init", "-q", "-b", "main", work.toString());
        server.createContext("/", git::answer);
        server.setExecutor(git.threads);
        server.start();
        return git;
    }

    /** What a person writes as {@code context}. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + NAME;
    }

    /** Writes a file, for the next commit. */
    public GitServer with(String name, String content) throws IOException {
        Path file = folder.resolve("work").resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
        return this;
    }

    /** Commits what was written, and serves it as this branch. Returns the commit. */
    public String push(String branch) throws IOException {
        inWork("checkout", "-q", "-B", branch);
        inWork("add", "--all");
        inWork("-c", "user.name=tests", "-c", "user.email=tests@localhost", "commit", "-q", "-m", "a change");
        inWork("push", "-q", "--force", served(), branch);
        return inWork("rev-parse", "HEAD").strip();
    }

    /** Gives the last commit a tag with a text of its own. */
    public void tag(String tag) throws IOException {
        inWork("-c", "user.name=tests", "-c", "user.email=tests@localhost", "tag", "-a", "-m", "a tag", tag);
        inWork("push", "-q", served(), tag);
    }

    private String served() {
        return folder.resolve("served").resolve(NAME).toString();
    }

    private String inWork(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of("-C", folder.resolve("work").toString()));
        all.addAll(List.of(words));
        return git(all.toArray(String[]::new));
    }

    private String git(String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(GIT.toString()));
        all.addAll(List.of(words));
        return Commands.run(all.toArray(String[]::new));
    }

    /** One request by the rules of CGI. */
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessBuilder builder =
                    new ProcessBuilder(GIT.toString(), "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
            var environment = builder.environment();
            environment.put("GIT_PROJECT_ROOT", folder.resolve("served").toString());
            environment.put("GIT_HTTP_EXPORT_ALL", "1");
            environment.put("REQUEST_METHOD", exchange.getRequestMethod());
            environment.put("PATH_INFO", exchange.getRequestURI().getPath());
            environment.put(
                    "QUERY_STRING",
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse(""));
            copy(exchange, "Content-Type", builder, "CONTENT_TYPE");
            copy(exchange, "Content-Encoding", builder, "HTTP_CONTENT_ENCODING");
            copy(exchange, "Git-Protocol", builder, "GIT_PROTOCOL");
            byte[] body = exchange.getRequestBody().readAllBytes();
            environment.put("CONTENT_LENGTH", Integer.toString(body.length));
            Process process = builder.start();
            try (var input = process.getOutputStream()) {
                input.write(body);
            }
            reply(exchange, new BufferedInputStream(process.getInputStream()));
        }
    }

    private static void copy(HttpExchange exchange, String header, ProcessBuilder builder, String variable) {
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
                .ifPresent(value -> builder.environment().put(variable, value));
    }

    private static void reply(HttpExchange exchange, InputStream output) throws IOException {
        int status = 200;
        for (String line = line(output); !line.isEmpty(); line = line(output)) {
            String[] parts = line.split(": ", 2);
            if (parts[0].equals("Status")) {
                status = Integer.parseInt(parts[1].split(" ", 2)[0]);
            } else {
                exchange.getResponseHeaders().set(parts[0], parts[1]);
            }
        }
        byte[] rest = output.readAllBytes();
        boolean headOnly = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, headOnly || rest.length == 0 ? -1 : rest.length);
        if (headOnly) {
            return;
        }
        exchange.getResponseBody().write(rest);
    }

    private static String line(InputStream output) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        for (int next = output.read(); next >= 0 && next != '\n'; next = output.read()) {
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
