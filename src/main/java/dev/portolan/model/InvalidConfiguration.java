package dev.portolan.model;

import java.util.List;
import java.util.stream.Collectors;

/** Every problem of a configuration at once. */
public final class InvalidConfiguration extends UserError {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one; warnings may be among them */
    public InvalidConfiguration(List<Problem> problems) {
        super(
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n")),
                "correct the places above and run the command again; nothing was changed",
                ExitCode.USAGE);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
