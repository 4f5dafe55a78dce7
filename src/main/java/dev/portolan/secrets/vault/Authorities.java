package dev.portolan.secrets.vault;

import dev.portolan.model.ExitCode;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A company's own authority of certificates. */
final class Authorities {
    private Authorities() {}

    /** @param file with certificates in PEM */
    static SSLContext of(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(stream)) {
                trusted.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext all = SSLContext.getInstance("TLS");
            all.init(null, managers.getTrustManagers(), null);
            return all;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new UserError(
                    "the certificates in " + file + " cannot be used",
                    "correct VAULT_CACERT",
                    ExitCode.USAGE,
                    unusable);
        }
    }
}
