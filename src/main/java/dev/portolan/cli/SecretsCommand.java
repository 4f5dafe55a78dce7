package dev.portolan.cli;

import dev.portolan.cli.render.Event;
import dev.portolan.cli.render.Summary;
import dev.portolan.config.StoreFiles;
import dev.portolan.model.ExitCode;
import dev.portolan.model.Secret;
import dev.portolan.model.UserError;
import dev.portolan.secrets.SecretFile;
import dev.portolan.yaml.Suggestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code portolan secrets}. */
final class SecretsCommand implements Command {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./-]*");
    private static final List<String> ACTIONS = List.of("init", "set", "list", "edit", "rotate", "rm");

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.SECRETS,
                        "Keeps secrets in a file that is encrypted with age, beside portolan.yml: init makes it, set gives"
                                + " a secret a value, list shows names and versions, edit opens all of them in your editor,"
                                + " rm takes one away, and rotate encrypts the file anew, for others if you say so. A value"
                                + " is never shown, and never an argument: set reads it from the standard input, or asks"
                                + " for it. What runs has a new value after the next deploy.")
                .option(
                        "--region",
                        "REGION",
                        "The file of this region, where each has its own; of all of them by default.")
                .option("--store", "STORE", "Which of several stores in portolan.yml.")
                .options("--recipient", "KEY", "Who can read a new file: a public key of age or SSH; you by default.")
                .options("--add", "KEY", "rotate: who can read it, too.")
                .options("--remove", "KEY", "rotate: who cannot read it any more.")
                .flag("--forget", "rm, rotate: drop earlier values, so that no release goes back to one.")
                .argument("ACTION", String.join(", ", ACTIONS) + ".")
                .optionalArgument("NAME", "The secret, for set and rm.")
                .examples(
                        "portolan secrets init",
                        "portolan secrets init --recipient age1xyz --recipient age1abc",
                        "portolan secrets set DATABASE_URL                # asks for the value",
                        "portolan secrets set TLS_KEY < tls.key",
                        "portolan secrets set DATABASE_URL --region sydney",
                        "portolan secrets list",
                        "portolan secrets edit",
                        "portolan secrets rotate --add age1xyz",
                        "portolan secrets rm OLD_TOKEN");
    }

    @Override
    public Summary run(Session session) {
        Arguments arguments = session.arguments();
        String action = arguments.required(0);
        Path folder = session.project().folder();
        List<Path> files = StoreFiles.read(folder).files(arguments.text("--store"), arguments.text("--region")).stream()
                .map(folder::resolve)
                .toList();
        return switch (action) {
            case "init" -> each(session, files, file -> init(session, file));
            case "set" -> set(session, files);
            case "list" -> each(session, files, file -> list(session, file));
            case "edit" -> each(session, files, file -> edit(session, file));
            case "rotate" -> each(session, files, file -> rotate(session, file));
            case "rm" -> remove(session, files);
            default ->
                throw arguments.usage(
                        "secrets has no action " + action,
                        Suggestion.nearest(action, ACTIONS)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("it has " + String.join(", ", ACTIONS)));
        };
    }

    @FunctionalInterface
    private interface Action {
        void on(Path file);
    }

    private static Summary each(Session session, List<Path> files, Action action) {
        session.arguments().argument(1).ifPresent(name -> {
            throw session.arguments()
                    .usage(session.arguments().required(0) + " takes no name", "see: portolan secrets --help");
        });
        files.forEach(action::on);
        return Summary.done();
    }

    private static void init(Session session, Path path) {
        SecretFile file = session.parts().secretFile(path);
        file.create(session.arguments().texts("--recipient")).forEach(session.display()::say);
        session.display()
                .say(
                        "say in portolan.yml that it is the store with \"secrets: { store: age }\", and put secrets into it with:"
                                + " portolan secrets set NAME");
    }

    private static Summary set(Session session, List<Path> files) {
        String name = name(session);
        Secret value = SecretInput.read(session.surroundings(), name);
        for (Path path : files) {
            int version = session.parts().secretFile(path).set(name, value);
            session.display().show(new Event.SecretSeen(path.toString(), name, version, Optional.empty(), 0));
        }
        session.display().say("what runs has it after: portolan deploy");
        return Summary.of("set", ExitCode.DONE);
    }

    private static void list(Session session, Path path) {
        SecretFile file = session.parts().secretFile(path);
        session.display().say(path + ", read by " + String.join(", ", file.recipients()));
        file.entries()
                .forEach(entry -> session.display()
                        .show(new Event.SecretSeen(
                                path.toString(),
                                entry.name(),
                                entry.version(),
                                Optional.of(entry.set()),
                                entry.earlier())));
    }

    private static void edit(Session session, Path path) {
        SecretFile file = session.parts().secretFile(path);
        Map<String, Secret> before = file.current();
        Map<String, Secret> after = new SecretEditor(session.surroundings()).edited(path, before);
        after.keySet().forEach(SecretsCommand::check);
        before.keySet().stream().filter(name -> !after.containsKey(name)).forEach(name -> {
            file.remove(name, false);
            session.display().say(name + " is taken away from " + path);
        });
        Map<String, Integer> changed = file.setAll(after);
        changed.forEach((name, version) ->
                session.display().show(new Event.SecretSeen(path.toString(), name, version, Optional.empty(), 0)));
        if (changed.isEmpty() && after.keySet().equals(before.keySet())) {
            session.display().say("nothing changed in " + path);
        }
    }

    private static void rotate(Session session, Path path) {
        Arguments arguments = session.arguments();
        SecretFile file = session.parts().secretFile(path);
        file.rotate(arguments.texts("--add"), arguments.texts("--remove"), arguments.flag("--forget"));
        session.display().say(path + " is encrypted anew, for " + String.join(", ", file.recipients()));
        if (!arguments.texts("--remove").isEmpty()) {
            session.display()
                    .say(
                            "who was removed may have read it before: change the secrets themselves too, with: portolan secrets"
                                    + " set NAME");
        }
    }

    private static Summary remove(Session session, List<Path> files) {
        String name = name(session);
        boolean forget = session.arguments().flag("--forget");
        boolean there = false;
        for (Path path : files) {
            SecretFile file = session.parts().secretFile(path);
            if (file.remove(name, forget)) {
                there = true;
                session.display()
                        .say(name + " is taken away from " + path
                                + (forget
                                        ? ", with its earlier values"
                                        : "; its earlier values stay, for releases that have them"));
            } else if (files.size() == 1) {
                List<String> names =
                        file.entries().stream().map(SecretFile.Entry::name).toList();
                throw new UserError(
                        "there is no secret " + name + " in " + path,
                        Suggestion.nearest(name, names)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("see what there is with: portolan secrets list"),
                        ExitCode.USAGE);
            }
        }
        return Summary.of(there ? "removed" : "nothing to do", ExitCode.DONE);
    }

    private static String name(Session session) {
        String name = session.arguments()
                .argument(1)
                .orElseThrow(() -> session.arguments()
                        .usage("which secret?", "write for example: portolan secrets set DATABASE_URL"));
        check(name);
        return name;
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UserError(
                    name.contains("=")
                            ? "a value is no argument, since others see it there"
                            : "\"" + name + "\" is no name of a secret",
                    "use letters, digits, and _ . / - inside, and give the value when it is asked for",
                    ExitCode.USAGE);
        }
    }

    /** Reads values where nobody sees them. */
    static final class SecretInput {
        private SecretInput() {}

        static Secret read(Surroundings surroundings, String name) {
            byte[] bytes;
            try {
                if (surroundings.canAsk()) {
                    ControllingTerminal terminal = new ControllingTerminal(surroundings.environment());
                    surroundings.error().print(name + ": ");
                    surroundings.error().flush();
                    Runnable restore = terminal.silent();
                    try {
                        bytes = Question.line(surroundings.input()).getBytes(StandardCharsets.UTF_8);
                    } finally {
                        restore.run();
                        surroundings.error().println();
                    }
                } else {
                    bytes = withoutLineEnd(surroundings.input().readAllBytes());
                }
            } catch (IOException closed) {
                throw new UserError("the value cannot be read", "give it on the standard input", ExitCode.USAGE);
            }
            if (bytes.length == 0) {
                throw new UserError(
                        "there is no value for " + name + " on the standard input",
                        "give it there, or run the command at a terminal, which asks for it",
                        ExitCode.USAGE);
            }
            return new Secret(bytes);
        }

        /** Of a text of one line: more lines are a file, such as a key, and stay as they are. */
        private static byte[] withoutLineEnd(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            boolean single = text.endsWith("\n") && text.indexOf('\n') == text.length() - 1;
            return single ? text.strip().getBytes(StandardCharsets.ISO_8859_1) : bytes;
        }
    }
}
