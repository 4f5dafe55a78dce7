package dev.portolan.compose;

import dev.portolan.fuzz.Broken;
import java.nio.charset.StandardCharsets;

/** Fuzz target: a Compose file is read or refused, never more, and what is read reads again as it was printed. */
public final class ReaderFuzz {
    private ReaderFuzz() {}

    /** @param input the file */
    public static void fuzzerTestOneInput(byte[] input) {
        CanonicalReading reading = ComposeReader.canonical(Reprint.source(input));
        String text = new String(input, StandardCharsets.UTF_8);
        Broken.unlessSaid(reading.problems(), reading instanceof CanonicalReading.Refused, "standard input", text);
        if (reading instanceof CanonicalReading.Read read) {
            Reprint.check(read.project());
            read.project().hashes();
            read.project().images();
            read.project().models();
        }
        ComposeReader.canonical(Reprint.source(input).withSteps(new ReadingSteps(false, false, false, false, false)));
        ComposeReader.read(Reprint.source(input));
    }
}
