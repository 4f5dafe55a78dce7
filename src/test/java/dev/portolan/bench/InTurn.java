package dev.portolan.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs several programs one after the other, again and again, so that a busy moment of the machine meets all of them. */
final class InTurn {
    private InTurn() {}

    @FunctionalInterface
    interface Call {
        Program.Output run() throws IOException;
    }

    /** How long each took, in the order of the calls. */
    static Map<String, Times> times(int repetitions, Map<String, Call> calls) throws IOException {
        Map<String, Times> times = new LinkedHashMap<>();
        for (int repetition = 0; repetition <= repetitions; repetition++) {
            for (Map.Entry<String, Call> call : calls.entrySet()) {
                Program.Output output = call.getValue().run();
                if (repetition > 0) { // the first one reads files from the disk
                    times.computeIfAbsent(call.getKey(), name -> new Times()).add(output.took());
                }
            }
        }
        return times;
    }
}
