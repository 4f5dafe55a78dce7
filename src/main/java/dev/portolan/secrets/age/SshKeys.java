package dev.portolan.secrets.age;

import com.exceptionfactory.jagged.FileKey;
import com.exceptionfactory.jagged.RecipientStanza;
import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/** Keys of SSH as age reads them: ssh-ed25519 and ssh-rsa. */
final class SshKeys {
    private SshKeys() {}

    /** @param line of a file such as id_ed25519.pub */
    static RecipientStanzaWriter recipient(String line) throws GeneralSecurityException {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length < 2 || !SshStanza.TYPES.contains(words[0])) {
            throw new InvalidKeyException("not a public key of SSH");
        }
        AsymmetricKeyParameter key;
        byte[] wire;
        try {
            wire = Base64.getDecoder().decode(words[1]);
            key = OpenSSHPublicKeyUtil.parsePublicKey(wire);
        } catch (IllegalArgumentException | IllegalStateException broken) {
            throw new InvalidKeyException("not a public key of SSH", broken);
        }
        return switch (key) {
            case Ed25519PublicKeyParameters point ->
                fileKey -> List.of(SshEd25519.wrapped(fileKey.getEncoded(), wire, point.getEncoded()));
            case RSAKeyParameters rsa -> {
                var found = KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getExponent()));
                yield fileKey -> List.of(SshRsa.wrapped(fileKey.getEncoded(), wire, found));
            }
            default -> throw new InvalidKeyException("age knows keys of the kinds ssh-ed25519 and ssh-rsa only");
        };
    }

    /**
     * @param pem of a file such as id_ed25519, without a passphrase
     * @throws GeneralSecurityException also when it has a passphrase
     */
    static RecipientStanzaReader identity(String pem) throws GeneralSecurityException {
        AsymmetricKeyParameter key;
        try {
            key = OpenSSHPrivateKeyUtil.parsePrivateKeyBlob(
                    Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", "")));
        } catch (IllegalArgumentException | IllegalStateException broken) {
            throw new InvalidKeyException("it cannot be read, or has a passphrase", broken);
        }
        return switch (key) {
            case Ed25519PrivateKeyParameters found -> {
                byte[] wire = wire(found.generatePublicKey());
                byte[] seed = found.getEncoded();
                yield stanzas -> open(
                        stanzas,
                        SshStanza.ED25519,
                        wire,
                        stanza -> SshEd25519.unwrapped(stanza.getArguments(), stanza.getBody(), wire, seed));
            }
            case RSAPrivateCrtKeyParameters found -> {
                byte[] wire = wire(new RSAKeyParameters(false, found.getModulus(), found.getPublicExponent()));
                PrivateKey rsa = KeyFactory.getInstance("RSA")
                        .generatePrivate(new RSAPrivateCrtKeySpec(
                                found.getModulus(),
                                found.getPublicExponent(),
                                found.getExponent(),
                                found.getP(),
                                found.getQ(),
                                found.getDP(),
                                found.getDQ(),
                                found.getQInv()));
                yield stanzas -> open(stanzas, SshStanza.RSA, wire, stanza -> SshRsa.unwrapped(stanza.getBody(), rsa));
            }
            default -> throw new InvalidKeyException("age knows keys of the kinds ssh-ed25519 and ssh-rsa only");
        };
    }

    private static byte[] wire(AsymmetricKeyParameter key) throws GeneralSecurityException {
        try {
            return OpenSSHPublicKeyUtil.encodePublicKey(key);
        } catch (IOException impossible) {
            throw new InvalidKeyException("no public key", impossible);
        }
    }

    @FunctionalInterface
    private interface Unwrapping {
        byte[] of(RecipientStanza stanza) throws GeneralSecurityException;
    }

    private static FileKey open(Iterable<RecipientStanza> stanzas, String type, byte[] wire, Unwrapping unwrapping)
            throws GeneralSecurityException {
        Optional<GeneralSecurityException> failure = Optional.empty();
        for (RecipientStanza stanza : stanzas) {
            boolean ours = stanza.getType().equals(type)
                    && !stanza.getArguments().isEmpty()
                    && stanza.getArguments().getFirst().equals(SshStanza.tag(wire));
            if (ours) {
                try {
                    return new FileKey(unwrapping.of(stanza));
                } catch (GeneralSecurityException | IllegalArgumentException other) {
                    failure = Optional.of(new InvalidKeyException("not for this key", other));
                }
            }
        }
        throw failure.orElseGet(() -> new InvalidKeyException("not for this key"));
    }
}
