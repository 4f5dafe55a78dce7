package dev.portolan.secrets;

import dev.portolan.model.PinnedSecret;
import dev.portolan.model.Secret;
import dev.portolan.model.SecretSource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells values apart where a store's versions do not. A fingerprint is HMAC-SHA256 (RFC 2104) with a random key of the app over where
 * the secret is, its name and its value: who has the release and not the key cannot try values, nor see that two secrets are equal.
 */
final class Identities {
    private static final String PREFIX = "hmac:";
    private static final int DIGITS = 32;

    private final Secret key;

    Identities(Secret key) {
        this.key = key;
    }

    /** Whether it is a version and no fingerprint. */
    static boolean isVersion(PinnedSecret pinned) {
        return !pinned.identity().startsWith(PREFIX);
    }

    String of(SecretSource source, String name, Secret value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.reveal(), "HmacSHA256"));
            mac.update((source.text() + "\0" + name + "\0").getBytes(StandardCharsets.UTF_8));
            return PREFIX
                    + HexFormat.of().formatHex(mac.doFinal(value.reveal())).substring(0, DIGITS);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has HMAC-SHA256", impossible);
        }
    }
}
