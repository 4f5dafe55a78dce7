package dev.portolan.config;

import dev.portolan.compose.ComposeService;
import dev.portolan.model.ContainerSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A service's rights in the engine's words: it takes the rules of a {@code seccomp} profile, not the file that they stand in. */
final class SecurityMapper {
    private static final String OPEN_SYSTEM_PATHS = "systempaths=unconfined";
    private static final String PROFILE = "seccomp";
    private static final List<String> KNOWN_PROFILES = List.of("unconfined", "builtin");

    private final Path folder;
    private final Problems problems;

    /** @param folder that relative paths begin at */
    SecurityMapper(Path folder, Problems problems) {
        this.folder = folder;
        this.problems = problems;
    }

    ContainerSpec.Security security(ComposeService service) {
        var security = service.security();
        List<String> options = new ArrayList<>();
        for (String option : security.securityOpt()) {
            if (!option.equals(OPEN_SYSTEM_PATHS)) {
                option(service, option).ifPresent(options::add);
            }
        }
        return new ContainerSpec.Security(
                security.privileged(),
                security.capAdd(),
                security.capDrop(),
                options,
                security.groupAdd(),
                security.devices(),
                security.deviceCgroupRules(),
                security.deviceRequests(),
                security.namespaces(),
                security.securityOpt().contains(OPEN_SYSTEM_PATHS));
    }

    private Optional<String> option(ComposeService service, String option) {
        int separator = option.indexOf('=') < 0 ? option.indexOf(':') : option.indexOf('=');
        if (separator < 0) {
            if (!option.equals("no-new-privileges")) {
                problem(service, "\"" + option + "\" has no value", "write one, such as seccomp=unconfined");
            }
            return Optional.of(option);
        }
        String value = option.substring(separator + 1);
        if (!option.substring(0, separator).equals(PROFILE) || KNOWN_PROFILES.contains(value)) {
            return Optional.of(option);
        }
        try {
            return Optional.of(PROFILE + "=" + withoutBlanks(Files.readString(folder.resolve(value))));
        } catch (IOException unreadable) {
            problem(
                    service,
                    "the profile " + folder.resolve(value) + " cannot be read",
                    "write it, or correct the path or its rights");
            return Optional.empty();
        }
    }

    private void problem(ComposeService service, String message, String remedy) {
        problems.error(
                service.location("security_opt"), "services/" + service.name() + "/security_opt", message, remedy);
    }

    /** JSON as it was, without the blanks between its parts. */
    static String withoutBlanks(String json) {
        StringBuilder compact = new StringBuilder();
        boolean text = false;
        for (int index = 0; index < json.length(); index++) {
            char read = json.charAt(index);
            if (read == '"') {
                text = !text;
            }
            if (text || " \t\r\n".indexOf(read) < 0) {
                compact.append(read);
            }
            if (text && read == '\\' && index + 1 < json.length()) {
                compact.append(json.charAt(++index));
            }
        }
        return compact.toString();
    }
}
