package dev.portolan.secrets.age;

import com.exceptionfactory.jagged.RecipientStanza;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** What is said in the head of a file for one key of SSH: its kind, the first bytes of its digest, and the file's key for it. */
final class SshStanza implements RecipientStanza {
    static final String ED25519 = "ssh-ed25519";
    static final String RSA = "ssh-rsa";
    static final Set<String> TYPES = Set.of(ED25519, RSA);
    private static final int TAG_BYTES = 4;

    private final String type;
    private final List<String> arguments;
    private final byte[] body;

    SshStanza(String type, List<String> arguments, byte[] body) {
        this.type = type;
        this.arguments = List.copyOf(arguments);
        this.body = body.clone();
    }

    /** The words of the specification for what a key is derived for. */
    static byte[] label(String type) {
        return ("age-encryption.org/v1/" + type).getBytes(StandardCharsets.US_ASCII);
    }

    /** By which whoever has a key finds what is for it. */
    static String tag(byte[] publicKey) throws GeneralSecurityException {
        return base64(Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(publicKey), TAG_BYTES));
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String getType() {
        return type;
    }

    @Override
    public List<String> getArguments() {
        return arguments;
    }

    @Override
    public byte[] getBody() {
        return body.clone();
    }
}
