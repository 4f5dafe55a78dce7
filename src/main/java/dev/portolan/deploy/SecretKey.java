package dev.portolan.deploy;

import dev.portolan.host.HostFiles;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The key with which an app tells values of secrets apart where stores do not: random, made once, beside the journal, in a file that
 * nobody else on that host can read. Lost, it is made again, and the next deploy replaces what has such secrets.
 */
public final class SecretKey {
    private static final int BYTES = 32;

    private SecretKey() {}

    /** @param files of the host that keeps the journal */
    public static Secret of(HostFiles files, String app) {
        String path = "apps/" + app + "/fingerprints" + HostFiles.PRIVATE;
        try {
            Optional<String> known = files.read(path).map(HostFiles.StoredFile::content);
            if (known.isEmpty()) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                files.compareAndSet(
                        path, Optional.empty(), Optional.of(HexFormat.of().formatHex(random) + "\n"));
                known = files.read(path).map(HostFiles.StoredFile::content);
            }
            return new Secret(known.orElseThrow(() -> new IOException("it is not there"))
                    .strip()
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UserError(
                    "the key of the app's secrets in " + files.root() + "/" + path + " cannot be read or made: "
                            + broken.getMessage(),
                    "check the disk and the rights of the folder on the primary's host",
                    ExitCode.FAILED,
                    broken);
        }
    }
}
