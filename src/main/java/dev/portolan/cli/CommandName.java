package dev.portolan.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The commands, in the order in which help shows them. Only the class of the one that is called is loaded. */
enum CommandName {
    DEMO(Group.BEGIN, "Show the whole idea on this machine: three regions, real readers."),
    INIT(Group.BEGIN, "Write a commented portolan.yml beside compose.yaml."),
    UP(Group.BEGIN, "Run the app of this folder in regions on this machine."),
    DOWN(Group.BEGIN, "Take the app off its hosts."),
    TRUST(Group.BEGIN, "Show the keys of new hosts, and trust them."),
    PLAN(Group.RELEASE, "Show what a deploy would do, and do nothing."),
    DEPLOY(Group.RELEASE, "Bring a release to every region, or to none."),
    ROLLBACK(Group.RELEASE, "Go back to an earlier release, everywhere."),
    STATUS(Group.LOOK, "Show what serves where, and what is wrong."),
    HISTORY(Group.LOOK, "Show who released what, when, and how it went."),
    LOGS(Group.LOOK, "Show what the containers say, merged by time."),
    CONFIG(Group.LOOK, "Print the Compose project as Docker Compose understands it."),
    DOCTOR(Group.LOOK, "Check this machine and the configuration."),
    PROBE(Group.LOOK, "Read an address at a constant rate and count every answer."),
    EXEC(Group.WORK, "Run a command in a running container."),
    RUN(Group.WORK, "Run a command in a fresh container of the release that serves."),
    DRAIN(Group.WORK, "Send the readers of a region elsewhere."),
    UNDRAIN(Group.WORK, "Send a region its readers again."),
    SECRETS(Group.WORK, "Keep secrets in an encrypted file beside portolan.yml."),
    LOCK(Group.WORK, "Show who holds the app's lock, or break it."),
    RETIRE(Group.HIDDEN, "Stop the containers of the release before, when their time is over.");

    /** What a person wants to do. */
    enum Group {
        BEGIN("Begin"),
        RELEASE("Release"),
        LOOK("Look"),
        WORK("Work"),
        HIDDEN("");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private final Group group;
    private final String summary;

    CommandName(Group group, String summary) {
        this.group = group;
        this.summary = summary;
    }

    /** As it is typed. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Group group() {
        return group;
    }

    String summary() {
        return summary;
    }

    /** Whether what follows the first argument is somebody else's command line, with options of its own. */
    boolean takesCommand() {
        return this == EXEC || this == RUN;
    }

    /** Whether {@code --output} names a file, as it does for the same command of Docker Compose. */
    boolean writesFile() {
        return this == CONFIG;
    }

    /** Whether it may leave something half done when it fails for a reason that nobody foresaw. */
    boolean changes() {
        return switch (this) {
            case DEMO, UP, DOWN, DEPLOY, ROLLBACK, DRAIN, UNDRAIN, RETIRE -> true;
            case INIT, PLAN, CONFIG, STATUS, HISTORY, LOGS, DOCTOR, PROBE, EXEC, RUN, SECRETS, LOCK, TRUST -> false;
        };
    }

    Command make() {
        return switch (this) {
            case DEMO -> new DemoCommand();
            case INIT -> new InitCommand();
            case UP -> new UpCommand();
            case DOWN -> new DownCommand();
            case TRUST -> new TrustCommand();
            case PLAN -> new PlanCommand();
            case DEPLOY -> new DeployCommand();
            case ROLLBACK -> new RollbackCommand();
            case STATUS -> new StatusCommand();
            case HISTORY -> new HistoryCommand();
            case LOGS -> new LogsCommand();
            case CONFIG -> new ConfigCommand();
            case DOCTOR -> new DoctorCommand();
            case PROBE -> new ProbeCommand();
            case EXEC -> new ExecCommand();
            case RUN -> new RunCommand();
            case DRAIN -> new DrainCommand(true);
            case UNDRAIN -> new DrainCommand(false);
            case SECRETS -> new SecretsCommand();
            case LOCK -> new LockCommand();
            case RETIRE -> new RetireCommand();
        };
    }

    static Optional<CommandName> of(String word) {
        return Arrays.stream(values()).filter(name -> name.word().equals(word)).findFirst();
    }

    /** Those that help shows. */
    static List<CommandName> shown() {
        return Arrays.stream(values())
                .filter(name -> name.group != Group.HIDDEN)
                .toList();
    }
}
