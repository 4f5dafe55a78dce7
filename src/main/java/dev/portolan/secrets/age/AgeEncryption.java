package dev.portolan.secrets.age;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** The format age-encryption.org/v1. */
final class AgeEncryption {
    private static final String ARMOUR = "-----BEGIN AGE";

    private AgeEncryption() {}

    static byte[] encrypted(byte[] plain, List<RecipientStanzaWriter> recipients)
            throws GeneralSecurityException, IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (WritableByteChannel channel =
                new StandardEncryptingChannelFactory().newEncryptingChannel(Channels.newChannel(output), recipients)) {
            ByteBuffer rest = ByteBuffer.wrap(plain);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
        return output.toByteArray();
    }

    /** @throws GeneralSecurityException when none of these can read it, or it is damaged */
    static byte[] decrypted(byte[] encrypted, List<RecipientStanzaReader> readers)
            throws GeneralSecurityException, IOException {
        boolean armoured = new String(
                        encrypted, 0, Math.min(encrypted.length, ARMOUR.length()), StandardCharsets.US_ASCII)
                .equals(ARMOUR);
        var factory = armoured ? new ArmoredDecryptingChannelFactory() : new StandardDecryptingChannelFactory();
        try (ReadableByteChannel channel =
                factory.newDecryptingChannel(Channels.newChannel(new ByteArrayInputStream(encrypted)), readers)) {
            return Channels.newInputStream(channel).readAllBytes();
        }
    }
}
