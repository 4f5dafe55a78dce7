package dev.portolan.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What came of a run of the fuzzer. */
sealed interface Outcome {

    /** @param inputs how many were tried */
    record Nothing(long inputs) implements Outcome {}

    /** @param finds at least one */
    record Found(List<Find> finds) implements Outcome {}

    /** @param reason what this machine or its Java lacks */
    record CannotRun(String reason) implements Outcome {}

    /**
     * @param input the file with the input that does it
     * @param message what happened, with the stack
     */
    record Find(Path input, String message) {

        /** For a person: what happened, with which input, and how to see it again. */
        String report(Target target) throws IOException {
            return message + "\ninput: " + escaped(Files.readAllBytes(input))
                    + "\nto see it again: ./mvnw verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dit.test=FuzzIT -Dfuzz.target=" + target + " -Dfuzz.input=" + input + "\n";
        }

        /** Bytes as a text in quotes; what is not printed as it is is written as in Java, or as a byte. */
        private static String escaped(byte[] bytes) {
            StringBuilder text = new StringBuilder("\"");
            for (byte each : bytes) {
                switch (each) {
                    case '\n' -> text.append("\\n");
                    case '\r' -> text.append("\\r");
                    case '\t' -> text.append("\\t");
                    case '"' -> text.append("\\\"");
                    case '\\' -> text.append("\\\\");
                    default ->
                        text.append(
                                each >= ' ' && each < 0x7f ? String.valueOf((char) each) : "\\x%02x".formatted(each));
                }
            }
            return text.append('"').toString();
        }
    }
}
