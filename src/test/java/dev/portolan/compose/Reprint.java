package dev.portolan.compose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.fuzz.Broken;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A project reads again as it was printed. */
final class Reprint {
    /** One that is not there: what a file includes or extends is looked for and not found. */
    static final Path FOLDER = Path.of("/nowhere/shop");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> HOOKS = Set.of("post_start", "pre_stop");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern NEGATIVE = Pattern.compile("-[0-9]+");
    private static final Set<String> SIZES = Set.of(
            "mem_limit", "mem_reservation", "mem_swappiness", "memory", "memswap_limit", "rate", "shm_size", "size");

    private Reprint() {}

    /** The file that a command is given on its standard input, with more files over it. */
    static ComposeSource source(byte[] file, Path... over) {
        List<Path> files = new ArrayList<>(List.of(ComposeSource.STANDARD_INPUT));
        files.addAll(List.of(over));
        return ComposeSource.ofFolder(FOLDER, Map.of("HOME", "/home/ann", "A", "one", "EMPTY", ""))
                .withFiles(files)
                .withProjectFolder(FOLDER)
                .withInput(new ByteArrayInputStream(file));
    }

    /** A find, unless what is printed reads again and is the same then. */
    static void check(CanonicalProject project) {
        String json = project.json();
        if (!readsAgain(tree(json))) {
            return;
        }
        String yaml = project.yaml();
        CanonicalReading again = ComposeReader.canonical(source(yaml.getBytes(StandardCharsets.UTF_8)));
        if (again instanceof CanonicalReading.Read read) {
            List<String> differences =
                    JsonTrees.differences(json, read.project().json());
            String first = differences.stream().findFirst().orElse("").replaceAll("(?s):.*", "");
            Broken.unlessNone("a project reads again as it was printed, at " + lastKey(first), differences);
        } else {
            throw Broken.find(
                    "what was printed reads again, at "
                            + lastKey(again.problems().getFirst().path()),
                    ": " + again.problems() + "\n" + yaml);
        }
    }

    /** The fuzzer tells finds apart by the rule: those at other keys are other ones. */
    private static String lastKey(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            throw new AssertionError("not JSON: " + json, broken);
        }
    }

    /**
     * Whether Docker Compose itself reads again what it prints. It does not with
     * <ul>
     *   <li>a size below zero, which it prints as a string and takes as a number only,
     *   <li>a dollar in a key, which it doubles and does not halve,
     *   <li>a variable without a name,
     *   <li>a list of names, which it prints as a mapping, whose keys it checks,
     *   <li>a key of SSH that is a mapping's: it prints "name: path", or the name alone,
     *   <li>no GPU at all, or no reserved device: it leaves out a count of 0, which is one of all then,
     *   <li>an empty name of a Dockerfile, a network or the like: it leaves that out, and takes its own then,
     *   <li>a hook without a command: it leaves out nothing and takes no hook without,
     *   <li>a service that is not there and need not be there,
     *   <li>ports that are there twice, as a short and a long syntax give them,
     *   <li>an address of a host with a comma, which it prints as one and takes as two when it merges, perhaps the same twice.
     * </ul>
     */
    private static boolean readsAgain(JsonNode project) {
        Set<String> services = names(project, "services");
        for (String kind : List.of("networks", "volumes", "configs", "secrets")) {
            for (JsonNode named : project.path(kind)) {
                if (!named.has("name")) {
                    return false;
                }
            }
        }
        for (JsonNode service : project.path("services")) {
            JsonNode build = service.path("build");
            boolean noDockerfile = build.isObject() && !build.has("dockerfile") && !build.has("dockerfile_inline");
            if (noDockerfile
                    || hasHostWithComma(service)
                    || !services.containsAll(names(service, "depends_on"))
                    || hasTwice(service.path("ports"))
                    || service.findValues("extra_hosts").stream().anyMatch(Reprint::hasTwice)
                    || !names(service, "networks").stream().allMatch(NAME.asMatchPredicate())
                    || !names(service, "models").stream().allMatch(NAME.asMatchPredicate())) {
                return false;
            }
        }
        return readsAgain("", project);
    }

    /** Whether a host of a service, or of its build, has an address with a comma. */
    static boolean hasHostWithComma(JsonNode service) {
        return service.findValues("extra_hosts").stream().anyMatch(Reprint::anyHasComma);
    }

    private static boolean hasTwice(JsonNode items) {
        Set<JsonNode> different = new HashSet<>();
        items.forEach(different::add);
        return different.size() < items.size();
    }

    private static boolean anyHasComma(JsonNode hosts) {
        for (JsonNode host : hosts) {
            if (host.asText().contains(",")) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> names(JsonNode mapping, String key) {
        Set<String> names = new HashSet<>();
        mapping.path(key).fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static boolean readsAgain(String key, JsonNode node) {
        if (node.isTextual()) {
            String text = node.asText();
            return !(SIZES.contains(key) && NEGATIVE.matcher(text).matches())
                    && !(key.equals("ssh") && !text.equals("default"));
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().isEmpty()
                    || entry.getKey().contains("$")
                    || !readsAgain(entry.getKey(), entry.getValue())) {
                return false;
            }
        }
        for (JsonNode item : node.isArray() ? node : JSON.createArrayNode()) {
            boolean noCount = isDeviceRequest(key, item) && !item.has("count") && !item.has("device_ids");
            boolean noCommand = HOOKS.contains(key) && !item.path("command").isArray();
            if (noCount || noCommand || !readsAgain(key, item)) {
                return false;
            }
        }
        return true;
    }

    /** An item of {@code gpus}, or of the {@code devices} that a service reserves; those that it maps have a source. */
    private static boolean isDeviceRequest(String key, JsonNode item) {
        return key.equals("gpus") || (key.equals("devices") && !item.has("source"));
    }
}
