package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.docker.EngineException;
import dev.portolan.docker.Logins;
import dev.portolan.docker.Logins.Login;
import dev.portolan.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tells an engine who this machine is to a registry, with each request that needs it: the engine keeps nothing. Says what to do
 * when a registry refuses.
 */
record RegistryAccess(Logins logins) {
    /** Engines and registries have no common code for it, only words. */
    private static final List<String> REFUSALS = List.of(
            "no basic auth credentials",
            "unauthorized",
            "authentication required",
            "authorization failed",
            "access denied",
            "access to the resource is denied",
            "incorrect username or password");

    private static final Pattern MACHINE = Pattern.compile(
            "(?<![\\w.:/-])(?:localhost(?::\\d+)?|[a-zA-Z0-9-]+:\\d+|[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+(?::\\d+)?)(?=/)");

    private static final Pattern ARGUMENT = Pattern.compile("(?im)^[ \\t]*ARG[ \\t]+\\S+");

    /** For a request about one image. */
    HttpHeaders of(ImageName image) {
        return logins.to(image.registry())
                .map(login -> HttpHeaders.NONE.with("X-Registry-Auth", encoded(said(login, image.registry()))))
                .orElse(HttpHeaders.NONE);
    }

    /** For a build that may ask any of these registries. */
    HttpHeaders of(Collection<String> registries, HttpHeaders headers) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        registries.forEach(registry -> logins.to(registry)
                .ifPresent(login -> all.set(ImageName.keyOf(registry), said(login, ImageName.keyOf(registry)))));
        return all.isEmpty() ? headers : headers.with("X-Registry-Config", encoded(all));
    }

    private static ObjectNode said(Login login, String registry) {
        String secret = new String(login.secret().reveal(), StandardCharsets.UTF_8);
        ObjectNode said = JsonNodeFactory.instance.objectNode().put("serveraddress", registry);
        return login.user().isEmpty()
                ? said.put("identitytoken", secret)
                : said.put("username", login.user()).put("password", secret);
    }

    private static String encoded(ObjectNode node) {
        return Base64.getUrlEncoder().encodeToString(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The registries that a Dockerfile may fetch from: whatever stands before a slash, or in an argument, and looks like the name of
     * a machine.
     *
     * @param arguments values of the build's
     */
    static Set<String> namedIn(String dockerfile, Collection<String> arguments) {
        Set<String> found = new TreeSet<>(Set.of(ImageName.HUB));
        String text = ARGUMENT.matcher(dockerfile).replaceAll("$0/") + "\n" + String.join("/\n", arguments) + "/";
        MACHINE.matcher(text).results().forEach(name -> found.add(name.group()));
        return found;
    }

    /**
     * What to say of something that a registry has refused; empty when it was something else.
     *
     * @param doing as in "Could not ...": "fetch the image web"
     * @param words of the engine
     * @param asked the registries that it needs
     */
    Optional<EngineException> refusal(String doing, String words, Collection<String> asked, Exception cause) {
        // what follows the first line is what a step said, and that may be about any login
        if (!isRefusal(words.lines().findFirst().orElse(""))) {
            return Optional.empty();
        }
        return asked.stream()
                .filter(words::contains)
                .findFirst()
                .or(() -> asked.stream().findFirst())
                .map(registry -> new EngineException(
                        "Could not " + doing + ": " + words, sentence(logins.remedy(registry)), cause));
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Whether these are words of a registry that does not show an image to whoever asks. */
    static boolean isRefusal(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        return REFUSALS.stream().anyMatch(lower::contains);
    }
}
