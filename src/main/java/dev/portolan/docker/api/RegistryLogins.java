package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.docker.Logins;
import dev.portolan.model.Secret;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Logins to registries that {@code docker login} has left on this machine: in Docker's own file, or in the keeper of passwords that
 * the file names. Each registry is looked up once.
 */
public final class RegistryLogins implements Logins {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROGRAM = "docker-credential-";

    private final Map<String, String> environment;
    private final Path file;
    private final Map<String, Search> searches = new ConcurrentHashMap<>();

    /** @param where the login was found, or why there is none */
    private record Search(Optional<Login> login, String where) {

        static Search none(String why) {
            return new Search(Optional.empty(), why);
        }
    }

    /** @param environment of the command line */
    public RegistryLogins(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        this.file = (folder.isEmpty()
                        ? Path.of(environment.getOrDefault("HOME", "/")).resolve(".docker")
                        : Path.of(folder))
                .resolve("config.json");
    }

    /** A file that cannot be understood holds no login. */
    @Override
    public Optional<Login> to(String registry) {
        return search(registry).login();
    }

    @Override
    public String remedy(String registry) {
        Search search = search(registry);
        String again = ImageName.isHub(registry) ? "docker login" : "docker login " + registry;
        return search.login()
                .map(login -> "log in again on this machine, " + again + ": the registry does not accept the login"
                        + (login.user().isEmpty() ? "" : " of " + login.user()) + " in " + search.where()
                        + ", or has no such image")
                .orElse("check the image's name; if it is private, log in on this machine: " + again + " ("
                        + search.where() + ")");
    }

    private Search search(String registry) {
        return searches.computeIfAbsent(ImageName.keyOf(registry), this::look);
    }

    private Search look(String key) {
        JsonNode settings;
        try {
            settings = JSON.readTree(Files.readAllBytes(file));
        } catch (NoSuchFileException none) {
            return Search.none("there is no " + file);
        } catch (IOException unreadable) {
            return Search.none(file + " cannot be read");
        }
        Search written = written(settings.path("auths"), key);
        String keeper = settings.path("credHelpers")
                .path(key)
                .asText(settings.path("credsStore").asText());
        if (keeper.isEmpty()) {
            return written;
        }
        Search kept = kept(keeper, key);
        return kept.login().isPresent() || written.login().isEmpty() ? kept : written;
    }

    /** Docker writes the name of a registry; older ones, and people, write it as an address too. */
    private Search written(JsonNode entries, String key) {
        if (entries.has(key)) {
            return written(entries.path(key));
        }
        return entries.propertyStream()
                .filter(entry -> hostOf(entry.getKey()).equals(key))
                .findFirst()
                .map(entry -> written(entry.getValue()))
                .orElseGet(() -> written(entries.path(key)));
    }

    private static String hostOf(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    }

    private Search written(JsonNode entry) {
        String token = entry.path("identitytoken").asText();
        if (!token.isEmpty()) {
            return found("", token, file.toString());
        }
        Search none = Search.none(file + " has no login for it");
        try {
            String both =
                    new String(Base64.getDecoder().decode(entry.path("auth").asText()), StandardCharsets.UTF_8);
            int colon = both.indexOf(':');
            return colon < 0 ? none : found(both.substring(0, colon), both.substring(colon + 1), file.toString());
        } catch (IllegalArgumentException notEncoded) {
            return none;
        }
    }

    private static Search found(String user, String secret, String where) {
        return new Search(Optional.of(new Login(user, new Secret(secret.getBytes(StandardCharsets.UTF_8)))), where);
    }

    /** By the protocol of Docker's credential helpers: the registry in, its login as JSON out, or a reason and another exit code. */
    private Search kept(String keeper, String key) {
        String name = PROGRAM + keeper + ", which " + file + " names,";
        Optional<Path> program = program(PROGRAM + keeper);
        if (program.isEmpty()) {
            return Search.none(name + " is in no folder of PATH");
        }
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(program.get().toString(), "get").redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (var input = process.getOutputStream()) {
                input.write(key.getBytes(StandardCharsets.UTF_8));
            } catch (IOException unread) {
                // one that does not read to the end says why in its answer
            }
            byte[] answer = process.getInputStream().readAllBytes();
            if (exitCode(process) != 0) {
                return Search.none(name + " says: " + new String(answer, StandardCharsets.UTF_8).strip());
            }
            JsonNode login = JSON.readTree(answer);
            String user = login.path("Username").asText();
            String secret = login.path("Secret").asText();
            return secret.isEmpty()
                    ? Search.none(name + " has no login for it")
                    : found(user.equals("<token>") ? "" : user, secret, PROGRAM + keeper);
        } catch (IOException unfit) {
            return Search.none(name + " does not answer as such a program should");
        }
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new java.io.InterruptedIOException();
        }
    }

    private Optional<Path> program(String name) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
