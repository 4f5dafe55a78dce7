package dev.portolan.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * How a command is called: its options, its arguments, and examples that a test runs through the parser. Built by calls and not
 * by annotations, which picocli reads by reflection: that alone would take a third of the time that a whole command may take.
 */
final class Usage {
    static final String DIRECTORY = "--directory";
    static final String OUTPUT = "--output";
    static final String JSON = "json";
    private static final String TEXT = "text";
    private static final int WIDTH = 100;

    /** Picocli's own looks for Groovy in every archive of the program before it does anything. */
    private static final IFactory FACTORY = new IFactory() {
        @Override
        public <K> K create(Class<K> kind) throws ReflectiveOperationException {
            return kind.getDeclaredConstructor().newInstance();
        }
    };

    private final CommandName name;
    private final CommandSpec spec;
    private final List<String> examples = new ArrayList<>();
    private int arguments;

    private Usage(CommandName name, List<String> description) {
        this.name = name;
        this.spec = CommandSpec.wrapWithoutInspection(name, FACTORY).name("portolan " + name.word());
        spec.usageMessage()
                .description(description.toArray(String[]::new))
                .width(WIDTH)
                .sortOptions(false)
                .sortSynopsis(false)
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .descriptionHeading("%n")
                .abbreviateSynopsis(true);
        spec.parser().stopAtPositional(name.takesCommand());
    }

    /** @param description sentences, a paragraph each */
    static Usage of(CommandName name, String... description) {
        return new Usage(name, List.of(description));
    }

    /** @param names separated by a comma and a space, the short one first */
    Usage flag(String names, String description) {
        spec.addOption(OptionSpec.builder(names.split(", ", -1))
                .arity("0")
                .type(boolean.class)
                .description(description)
                .build());
        return this;
    }

    Usage option(String names, String label, String description) {
        spec.addOption(OptionSpec.builder(names.split(", ", -1))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
        return this;
    }

    /** One that may be given several times. */
    Usage options(String names, String label, String description) {
        spec.addOption(OptionSpec.builder(names.split(", ", -1))
                .type(ArrayList.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build());
        return this;
    }

    Usage argument(String label, String description) {
        return positional(label, description, String.valueOf(arguments++), "1");
    }

    Usage optionalArgument(String label, String description) {
        return positional(label, description, String.valueOf(arguments++), "0..1");
    }

    /** All that follows, at least one. */
    Usage rest(String label, String description) {
        return positional(label, description, arguments + "..*", "1..*");
    }

    /** All that follows, if anything does. */
    Usage optionalRest(String label, String description) {
        return positional(label, description, arguments + "..*", "0..*");
    }

    /** @param lines each a whole command line, with a comment after {@code #} if need be */
    Usage examples(String... lines) {
        examples.addAll(List.of(lines));
        return this;
    }

    List<String> examples() {
        return List.copyOf(examples);
    }

    CommandName name() {
        return name;
    }

    /** With the options that every command has. */
    CommandSpec spec() {
        if (spec.findOption(DIRECTORY) == null) {
            option(
                    "-C, " + DIRECTORY,
                    "DIR",
                    "Folder of portolan.yml or compose.yaml; the current one, or the nearest above it that has a"
                            + " portolan.yml, by default.");
            if (!name.writesFile()) {
                option("-o, " + OUTPUT, "FORMAT", TEXT + " (the default), or " + JSON + ": one event a line.");
            }
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this.")
                    .build());
        }
        return spec;
    }

    /** @throws CommandLine.ParameterException when it is called otherwise */
    CommandLine.ParseResult parse(List<String> arguments) {
        return new CommandLine(spec(), FACTORY).parseArgs(arguments.toArray(String[]::new));
    }

    String help() {
        CommandSpec complete = spec();
        List<String> footer = new ArrayList<>();
        if (!examples.isEmpty()) {
            footer.add("");
            footer.add("Examples:");
            examples.forEach(example -> footer.add("  " + example));
        }
        complete.usageMessage().footer(footer.toArray(String[]::new));
        return new CommandLine(complete, FACTORY).getUsageMessage(Ansi.OFF);
    }

    private Usage positional(String label, String description, String index, String arity) {
        boolean several = index.endsWith("*");
        PositionalParamSpec.Builder builder = PositionalParamSpec.builder()
                .index(index)
                .arity(arity)
                .paramLabel(label)
                .description(description);
        spec.addPositional(
                several
                        ? builder.type(ArrayList.class)
                                .auxiliaryTypes(String.class)
                                .build()
                        : builder.type(String.class).build());
        return this;
    }
}
