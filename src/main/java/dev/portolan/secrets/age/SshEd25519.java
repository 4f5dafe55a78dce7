package dev.portolan.secrets.age;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;

/** The file's key for a key of the kind ssh-ed25519: X25519 with the same point on the curve's other form. */
final class SshEd25519 {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    private static final int BYTES = 32;
    private static final byte[] LABEL = SshStanza.label(SshStanza.ED25519);

    private SshEd25519() {}

    /**
     * @param wire the public key as SSH sends it
     * @param point its 32 bytes
     */
    static SshStanza wrapped(byte[] fileKey, byte[] wire, byte[] point) throws GeneralSecurityException {
        byte[] once = new byte[BYTES];
        new SecureRandom().nextBytes(once);
        byte[] share = new byte[BYTES];
        X25519.scalarMultBase(once, 0, share, 0);
        byte[] theirs = montgomery(point);
        byte[] wrapKey = wrapKey(multiplied(once, theirs), wire, share, theirs);
        return new SshStanza(
                SshStanza.ED25519,
                List.of(SshStanza.tag(wire), SshStanza.base64(share)),
                crypt(Cipher.ENCRYPT_MODE, wrapKey, fileKey));
    }

    /** @param seed the private key's 32 bytes */
    static byte[] unwrapped(List<String> arguments, byte[] body, byte[] wire, byte[] seed)
            throws GeneralSecurityException {
        byte[] share = Base64.getDecoder().decode(arguments.get(1));
        byte[] own = Arrays.copyOf(MessageDigest.getInstance("SHA-512").digest(seed), BYTES);
        byte[] ours = new byte[BYTES];
        X25519.scalarMultBase(own, 0, ours, 0);
        return crypt(Cipher.DECRYPT_MODE, wrapKey(multiplied(own, share), wire, share, ours), body);
    }

    private static byte[] wrapKey(byte[] shared, byte[] wire, byte[] share, byte[] theirs) {
        byte[] tweaked = multiplied(derived(new byte[0], wire), shared);
        byte[] salt = Arrays.copyOf(share, 2 * BYTES);
        System.arraycopy(theirs, 0, salt, BYTES, BYTES);
        return derived(tweaked, salt);
    }

    private static byte[] multiplied(byte[] scalar, byte[] point) {
        byte[] result = new byte[BYTES];
        X25519.scalarMult(scalar, 0, point, 0, result, 0);
        return result;
    }

    private static byte[] derived(byte[] secret, byte[] salt) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(secret, salt, LABEL));
        byte[] key = new byte[BYTES];
        generator.generateBytes(key, 0, BYTES);
        return key;
    }

    /** With a nonce of zeros: each key is used once. */
    private static byte[] crypt(int mode, byte[] key, byte[] content) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(new byte[12]));
        return cipher.doFinal(content);
    }

    /** RFC 7748, 4.1: u = (1 + y) / (1 - y). */
    private static byte[] montgomery(byte[] point) {
        byte[] bigEndian = reversed(point);
        bigEndian[0] &= 0x7f;
        BigInteger y = new BigInteger(1, bigEndian);
        BigInteger u = BigInteger.ONE
                .add(y)
                .multiply(BigInteger.ONE.subtract(y).mod(P).modInverse(P))
                .mod(P);
        byte[] bytes = u.toByteArray();
        byte[] padded = new byte[BYTES];
        int length = Math.min(BYTES, bytes.length);
        System.arraycopy(bytes, bytes.length - length, padded, BYTES - length, length);
        return reversed(padded);
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] result = new byte[bytes.length];
        for (int index = 0; index < bytes.length; index++) {
            result[index] = bytes[bytes.length - 1 - index];
        }
        return result;
    }
}
