package dev.portolan.compose;

import dev.portolan.compose.ComposeFiles.Found;
import dev.portolan.model.Problem;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The whole way from the files of a project to its canonical form: they are found ({@link ComposeFiles}) and laid over each
 * other ({@link ModelReader}), what they imply is written out ({@link Normalisation}), every value gets its type ({@link
 * Binding}), services are selected ({@link Selection}), what they refer to is checked ({@link Consistency}), and they get their
 * variables ({@link ServiceVariables}).
 */
final class ProjectModel {
    private final ComposeSource source;
    private final Problems problems = new Problems();
    private final TextFiles files;
    private final Optional<String> home;
    private final Found found;

    private ProjectModel(ComposeSource source) {
        this.source = source;
        this.files = new TextFiles(source.folder(), source.input());
        this.home = Optional.ofNullable(source.environment().get("HOME"));
        this.found = ComposeFiles.find(source, files, problems);
    }

    /**
     * @param root typed, unless variables were not filled in; incomplete when there is an error, and empty when a file could
     *     not be read
     * @param leftOut services that no profile lets in, and that are not asked for
     */
    record Read(String name, Mapping root, Mapping leftOut, Variables variables, String folder) {}

    /** What is wrong is in the problems. */
    private Read read() {
        ModelReader reader = new ModelReader(files, home, source.steps(), problems);
        List<YamlNode> documents = new ArrayList<>();
        found.paths().forEach(path -> documents.addAll(reader.documents(path)));
        boolean complete = !problems.failed();
        String name = ProjectName.find(source, found.folder(), documents, found.variables(), problems);
        found.variables().set("COMPOSE_PROJECT_NAME", name);
        // Where variables stay as they are written, names without a value do, too.
        Variables variables =
                source.steps().fillsIn() ? found.variables() : new Variables(Map.of("COMPOSE_PROJECT_NAME", name));
        Level level = new Level(
                found.folder(), found.folder(), variables, source.steps().resolvesPaths());
        Mapping model = reader.model(level, found.paths(), List.of());
        Mapping nothing = new Mapping(List.of(), model.location());
        // References into a file that could not be read would all be reported as missing.
        if (!complete) {
            return new Read(name, nothing, nothing, found.variables(), found.folder());
        }
        if (model.entries().isEmpty() && !problems.failed()) {
            problems.add(Problem.error(
                    SourceLocation.wholeFile(files.name(found.paths().getFirst())),
                    "",
                    "the file is empty",
                    "add services:"));
        }
        Mapping normal = source.steps().normalises()
                ? Normalisation.of(
                        Trees.with(model, Trees.entry("name", Scalar.string(name, model.location()))), name, variables)
                : model;
        if (!source.steps().fillsIn()) {
            return new Read(name, normal, nothing, found.variables(), found.folder());
        }
        return selected(name, normal);
    }

    private Read selected(String name, Mapping normal) {
        Mapping typed =
                Trees.with(Binding.of(normal, problems), Trees.entry("name", Scalar.string(name, normal.location())));
        Profiles profiles = Profiles.of(source.profiles(), found.variables());
        if (source.steps().checks()) {
            Consistency.check(Selection.ofProfiles(typed, profiles), typed, problems);
            typed = Consistency.withOneScale(typed);
        }
        Mapping enabled = Selection.ofProfiles(typed, Selection.activating(profiles, typed, source.services()));
        Mapping wanted = Selection.ofServices(enabled, source.services(), problems);
        if (source.steps().checks() && source.steps().checksContainerNames()) {
            Consistency.checkContainerNames(wanted, problems);
        }
        Mapping chosen = source.steps().dropsUnused() ? Selection.ofUsed(wanted) : wanted;
        ServiceVariables variables = new ServiceVariables(files, found.variables(), problems);
        Mapping complete = Trees.atEach(
                chosen,
                "services",
                (service, mapping) -> variables.complete(
                        mapping,
                        KeyPath.of("services").child(service),
                        source.steps().readsVariableFiles()));
        Mapping everything = typed;
        Set<String> kept = new HashSet<>();
        Trees.entries(complete, "services").forEach(entry -> kept.add(entry.key()));
        Mapping leftOut = new Mapping(
                Trees.entries(everything, "services").stream()
                        .filter(entry -> !kept.contains(entry.key()))
                        .toList(),
                chosen.location());
        return new Read(name, complete, leftOut, found.variables(), found.folder());
    }

    static CanonicalReading canonical(ComposeSource source) {
        ProjectModel model = new ProjectModel(source);
        Read read = model.read();
        if (model.problems.failed()) {
            return new CanonicalReading.Refused(model.sorted(model.problems));
        }
        Mapping root = read.root();
        List<String> profiles = new ArrayList<>();
        for (Entry entry : Trees.entries(root, "services")) {
            profiles.addAll(Selection.profiles(entry.value()));
        }
        read.leftOut().entries().forEach(entry -> profiles.addAll(Selection.profiles(entry.value())));
        return new CanonicalReading.Read(
                new CanonicalProject(
                        read.name(),
                        root,
                        source.steps().fillsIn(),
                        profiles,
                        read.variables().all()),
                model.sorted(model.problems));
    }

    static ComposeReading records(ComposeSource source) {
        ProjectModel model = new ProjectModel(source);
        Read read = model.read();
        boolean refused = model.problems.failed();
        HonouredKeys.check(read.root(), model.problems);
        if (refused) {
            return new ComposeReading.Refused(model.sorted(model.problems));
        }
        ComposeProject project =
                new ProjectReader(new Folder(Path.of(read.folder())), model.problems).read(read.name(), read.root());
        return model.problems.failed()
                ? new ComposeReading.Refused(model.sorted(model.problems))
                : new ComposeReading.Read(project, read.variables().asked(), model.sorted(model.problems));
    }

    /** In the order of the files and of their lines, so that a person can work from top to bottom. */
    private List<Problem> sorted(Problems collected) {
        List<Problem> all = collected.all();
        if (all.isEmpty()) {
            return List.of();
        }
        List<String> names =
                new ArrayList<>(found.paths().stream().map(files::name).toList());
        all.sort(Comparator.<Problem>comparingInt(
                        problem -> names.indexOf(problem.location().file()))
                .thenComparing(problem -> problem.location().file())
                .thenComparingInt(problem -> problem.location().line())
                .thenComparingInt(problem -> problem.location().column()));
        return List.copyOf(all);
    }
}
