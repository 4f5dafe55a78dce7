package dev.portolan.compose;

import dev.portolan.compose.ComposeFiles.Document;
import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode.Mapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the Compose files of a folder. The way of a file: its text becomes nodes ({@link ComposeFiles}), its variables are
 * filled in ({@link Interpolation}), its keys are checked ({@link KeyCheck}), its short syntaxes become long ones ({@link
 * Canonical}), it is laid over the files before it ({@link Merge}); what comes of all files is read into records ({@link
 * ProjectReader}).
 */
public final class ComposeReader {
    private final ComposeSource source;
    private final Folder folder;
    private final TextFiles files;
    private final Problems problems = new Problems();

    private ComposeReader(ComposeSource source) {
        this.source = source;
        this.folder = new Folder(
                source.folder(), Optional.ofNullable(source.environment().get("HOME")));
        this.files = new TextFiles(folder.path());
    }

    /** Reads the files and everything that they name. Never throws for what is in them: every problem is in the result. */
    public static ComposeReading read(ComposeSource source) {
        return new ComposeReader(source).read();
    }

    private ComposeReading read() {
        Variables variables = new Variables(source.environment());
        variables.addBelow(dotEnv(variables));
        ComposeFiles composeFiles = new ComposeFiles(source, files, problems);
        List<Path> paths = composeFiles.find(variables);
        List<Document> documents = composeFiles.read(paths);
        boolean complete = !problems.failed();
        String name = ProjectName.find(
                source, folder, documents.stream().map(Document::root).toList(), variables, problems);
        variables.set("COMPOSE_PROJECT_NAME", name);
        Mapping merged = merged(documents, variables);
        // References into a file that could not be read would all be reported as missing.
        if (!complete) {
            return refused(paths);
        }
        if (merged.entries().isEmpty() && !problems.failed()) {
            paths.stream()
                    .findFirst()
                    .ifPresent(path -> problems.add(Problem.error(
                            SourceLocation.wholeFile(files.name(path)), "", "the file is empty", "add services:")));
        }
        Profiles profiles = Profiles.of(source.profiles(), variables);
        ComposeProject project = new ProjectReader(folder, files, variables, profiles, problems).read(name, merged);
        return problems.failed() ? refused(paths) : new ComposeReading.Read(project, variables.asked(), sorted(paths));
    }

    private Map<String, String> dotEnv(Variables variables) {
        Map<String, String> values = new LinkedHashMap<>();
        Path path = Path.of(".env");
        boolean wanted = !variables.value("COMPOSE_DISABLE_ENV_FILE").orElse("").matches("1|t|T|true|TRUE|True");
        if (wanted && files.exists(path) && !files.isFolder(path)) {
            files.read(path, problems)
                    .ifPresent(text -> DotEnv.parse(".env", text, variables::value, values, problems));
        }
        return values;
    }

    private Mapping merged(List<Document> documents, Variables variables) {
        Mapping merged = Trees.emptyMapping("");
        for (Document document : documents) {
            if (!(document.root() instanceof Mapping)) {
                problems.error(
                        document.root().location(),
                        KeyPath.ROOT,
                        "a Compose file must be a mapping, not "
                                + document.root().kind(),
                        "begin with services:");
                continue;
            }
            if (Interpolation.interpolate(document.root(), variables, problems) instanceof Mapping file) {
                KeyCheck.check(file, merged, problems);
                merged = Merge.over(merged, Canonical.file(file, problems), problems);
            }
        }
        return merged;
    }

    private ComposeReading refused(List<Path> paths) {
        return new ComposeReading.Refused(sorted(paths));
    }

    /** In the order of the files and of their lines, so that a person can work from top to bottom. */
    private List<Problem> sorted(List<Path> paths) {
        List<String> names = new ArrayList<>(paths.stream().map(files::name).toList());
        List<Problem> all = problems.all();
        all.sort(Comparator.<Problem>comparingInt(
                        problem -> names.indexOf(problem.location().file()))
                .thenComparingInt(problem -> problem.location().line())
                .thenComparingInt(problem -> problem.location().column()));
        return List.copyOf(all);
    }
}
