package dev.portolan.rollout;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.UserError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts the values of secrets into the environment of a container, just before it is made. What comes of it goes to the engine only. */
public final class OpenSecrets {
    private OpenSecrets() {}

    /** @throws UserError when a value cannot be had, or cannot be in an environment */
    public static ContainerSpec in(ContainerSpec spec, FileContents contents) {
        List<PinnedSecret> secrets = spec.process().secrets();
        if (secrets.isEmpty()) {
            return spec;
        }
        Map<String, String> values = new HashMap<>();
        secrets.forEach(secret -> values.put(secret.mark(), textOf(secret, contents)));
        Pattern marks =
                Pattern.compile(values.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
        Map<String, String> environment = new HashMap<>();
        spec.process()
                .environment()
                .forEach((name, text) -> environment.put(
                        name,
                        marks.matcher(text)
                                .replaceAll(
                                        found -> Matcher.quoteReplacement(values.getOrDefault(found.group(), "")))));
        return spec.with(spec.process().opened(environment));
    }

    /** A failure whose message has no value: an engine may repeat what it was given. */
    public static UserError hidden(UserError failed, FileContents contents) {
        String message = contents.withoutSecrets(failed.message());
        return message.equals(failed.message()) ? failed : new UserError(message, failed.remedy(), failed.exitCode());
    }

    private static String textOf(PinnedSecret secret, FileContents contents) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(contents.valueOf(secret).reveal()))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException binary) {
            // said below
        }
        throw new UserError(
                "the secret \"" + secret.name() + "\" is no text, so it cannot be in an environment",
                "give it to the service as a file, with \"secrets: { NAME: { external: true } }\" in compose.yaml");
    }
}
