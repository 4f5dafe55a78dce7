package dev.portolan.secrets.age;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** The file's key for a key of the kind ssh-rsa: RSA-OAEP with SHA-256. */
final class SshRsa {
    private static final OAEPParameterSpec OAEP = new OAEPParameterSpec(
            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, new PSource.PSpecified(SshStanza.label(SshStanza.RSA)));

    private SshRsa() {}

    static SshStanza wrapped(byte[] fileKey, byte[] wire, PublicKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key, OAEP);
        return new SshStanza(SshStanza.RSA, List.of(SshStanza.tag(wire)), cipher.doFinal(fileKey));
    }

    static byte[] unwrapped(byte[] body, PrivateKey key) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, OAEP);
        return cipher.doFinal(body);
    }
}
