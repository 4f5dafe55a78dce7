package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeReader;
import dev.portolan.compose.ComposeReading;
import dev.portolan.compose.ComposeSource;
import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.model.Desired;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Region;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.RolloutSettings;
import dev.portolan.model.Route;
import dev.portolan.model.SourceLocation;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.Workload;
import dev.portolan.yaml.Suggestion;
import dev.portolan.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads portolan.yml and the Compose files of a folder into a {@link Desired}, or says everything that is wrong with them at
 * once. Reads files and asks for images; changes nothing.
 */
public final class ConfigurationReader {
    /** The names of Portolan's own file, in the order in which they are looked for. */
    public static final List<String> FILE_NAMES = List.of("portolan.yml", "portolan.yaml");

    private final Path folder;
    private final Options options;
    private final Problems problems = new Problems();

    private ConfigurationReader(Path folder, Options options) {
        this.folder = folder;
        this.options = options;
    }

    /**
     * @param portolanText text to take instead of the folder's file, such as the one that {@link InitialFile} writes
     * @param composeFiles instead of {@code compose.yaml} and its override file; relative to the folder
     * @param profiles of Compose that are active
     * @param environment of the command line
     * @param images what image a reference means
     * @param secrets which value of a secret a store has
     */
    public record Options(
            Optional<String> portolanText,
            List<Path> composeFiles,
            Set<String> profiles,
            Map<String, String> environment,
            ImageDigests images,
            SecretVersions secrets) {

        public Options {
            composeFiles = List.copyOf(composeFiles);
            profiles = Set.copyOf(profiles);
            environment = Map.copyOf(environment);
        }

        public static Options of(Map<String, String> environment, ImageDigests images) {
            return new Options(Optional.empty(), List.of(), Set.of(), environment, images, SecretVersions.UNRESOLVED);
        }

        public Options withPortolanText(String text) {
            return new Options(Optional.of(text), composeFiles, profiles, environment, images, secrets);
        }

        public Options withComposeFiles(List<Path> files) {
            return new Options(portolanText, files, profiles, environment, images, secrets);
        }

        public Options withSecrets(SecretVersions known) {
            return new Options(portolanText, composeFiles, profiles, environment, images, known);
        }

        public Options withProfiles(Set<String> active) {
            return new Options(portolanText, composeFiles, active, environment, images, secrets);
        }
    }

    /** What the name of a release says. */
    private record Content(
            String app,
            List<Region> regions,
            String primary,
            List<Route> routes,
            RolloutSettings rollout,
            TrafficSettings traffic,
            Map<String, Workload> workloads,
            Optional<ReleaseCommand> releaseCommand) {

        Content with(ReleaseCommand command) {
            return new Content(app, regions, primary, routes, rollout, traffic, workloads, Optional.of(command));
        }
    }

    /**
     * @param folder of the app
     * @throws InvalidConfiguration with every problem, when one of them is an error
     */
    public static Configuration read(Path folder, Options options) {
        return new ConfigurationReader(folder.toAbsolutePath().normalize(), options).read();
    }

    /** Whether the folder has a portolan.yml. */
    public static Optional<Path> file(Path folder) {
        return FILE_NAMES.stream()
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * The text of a portolan.yml, or a beginning of it that is longer than {@link YamlReader} takes.
     *
     * @throws IOException also when it is no regular file: a pipe would be waited for, and some devices never end
     */
    static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is no regular file");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(YamlReader.LONGEST_TEXT + 1);
            return bytes.length > YamlReader.LONGEST_TEXT
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString();
        }
    }

    /** The app's Compose project by itself, as Docker Compose reads it. */
    public static ComposeReading project(Path folder, Options options) {
        return ComposeReader.read(ComposeSource.ofFolder(folder, options.environment())
                .withFiles(options.composeFiles())
                .withProfiles(options.profiles()));
    }

    /**
     * What the Compose files of a region are read from: with its variables, its override files and its name.
     *
     * @throws InvalidConfiguration when portolan.yml cannot be read, or has no such region
     */
    public static ComposeSource regionSource(Path folder, Options options, String region) {
        return new ConfigurationReader(folder.toAbsolutePath().normalize(), options).regionSource(region);
    }

    private ComposeSource regionSource(String name) {
        PortolanFile file = portolanFile();
        Optional<RegionEntry> region = file.regions().stream()
                .filter(entry -> entry.name().value().equals(name))
                .findFirst();
        if (region.isEmpty() && !problems.hasErrors()) {
            List<String> names =
                    file.regions().stream().map(entry -> entry.name().value()).toList();
            problems.error(
                    SourceLocation.wholeFile(file(folder)
                            .map(path -> String.valueOf(path.getFileName()))
                            .orElse(FILE_NAMES.getFirst())),
                    "regions",
                    "there is no region \"" + name + "\"",
                    Suggestion.nearest(name, names)
                            .map(near -> "did you mean \"" + near + "\"?")
                            .orElse("there is " + String.join(", ", names)));
        }
        if (problems.hasErrors()) {
            throw new InvalidConfiguration(problems.all());
        }
        return source(file, region.orElseThrow(), new RegionVariables(file, options.environment()));
    }

    private Configuration read() {
        PortolanFile file = portolanFile();
        RegionVariables variables = new RegionVariables(file, options.environment());
        Map<String, ComposeProject> projects = projects(file, variables);
        Optional<ComposeProject> leading = Optional.ofNullable(projects.get(file.primary()))
                .or(() -> projects.values().stream().findFirst());
        if (leading.isEmpty()) {
            throw new InvalidConfiguration(problems.all());
        }
        Optional<List<Route>> clear = routes(file, projects.values(), leading.get());
        List<Route> routes = clear.orElse(List.of());
        Map<String, RegionSecrets> secrets = new SecretPins(file, options.secrets(), problems).pin(projects);
        Map<String, Workload> workloads = workloads(file, variables, secrets, projects, routes);
        TrafficSettings traffic = new TrafficMapper(problems).traffic(file, leading.get(), routes);
        if (clear.isPresent()) { // otherwise each port that a route should have would be one more problem
            PortSpans taken = PortSpans.of(routes, traffic, file.regions().size());
            taken.check(file.routes().map(Located::value).orElse(List.of()), problems);
            PortChecks ports = new PortChecks(routes, taken, problems);
            for (RegionEntry region : file.regions()) {
                Optional.ofNullable(projects.get(region.name().value()))
                        .ifPresent(project -> ports.add(
                                region.name().value(),
                                project,
                                name -> Optional.ofNullable(
                                                workloads.get(region.name().value()))
                                        .flatMap(workload -> workload.service(name))
                                        .isPresent(),
                                region.local()));
            }
        }
        if (problems.hasErrors()) {
            throw new InvalidConfiguration(problems.all());
        }
        Desired desired = desired(file, routes, traffic, workloads);
        if (problems.hasErrors()) {
            throw new InvalidConfiguration(problems.all());
        }
        return new Configuration(desired, projects, problems.all());
    }

    private PortolanFile portolanFile() {
        String name =
                file(folder).map(path -> String.valueOf(path.getFileName())).orElse(FILE_NAMES.getFirst());
        PortolanFileReader reader = new PortolanFileReader(problems);
        if (options.portolanText().isPresent()) {
            return reader.read(name, options.portolanText().get());
        }
        try {
            return reader.read(name, text(folder.resolve(name)));
        } catch (IOException unreadable) {
            problems.error(
                    SourceLocation.wholeFile(name),
                    "",
                    !Files.exists(folder.resolve(name))
                            ? "there is no such file in " + folder
                            : file(folder).isEmpty() ? "it is no regular file" : "it cannot be read as text in UTF-8",
                    "run \"portolan init\" to write one, or \"portolan up\" to try the app without one");
            problems.add(project(folder, options).problems());
            throw new InvalidConfiguration(problems.all());
        }
    }

    /** Of the regions whose Compose files can be read. */
    private Map<String, ComposeProject> projects(PortolanFile file, RegionVariables variables) {
        Map<String, ComposeProject> projects = new LinkedHashMap<>();
        Map<String, Set<String>> asked = new LinkedHashMap<>();
        for (RegionEntry region : file.regions()) {
            ComposeReading reading = ComposeReader.read(source(file, region, variables));
            problems.add(reading.problems());
            if (reading instanceof ComposeReading.Read read) {
                projects.put(region.name().value(), read.project());
                asked.put(region.name().value(), read.variables());
            }
        }
        if (file.regions().isEmpty()) {
            problems.add(project(folder, options).problems());
        }
        if (asked.size() == file.regions().size()) {
            variables.check(asked, problems);
        }
        return projects;
    }

    private ComposeSource source(PortolanFile file, RegionEntry region, RegionVariables variables) {
        return ComposeSource.ofFolder(folder, variables.of(region))
                .withFiles(options.composeFiles())
                .withOverrides(region.compose().stream()
                        .map(located -> Path.of(located.value()))
                        .toList())
                .withProfiles(options.profiles())
                .withName(projectName(file, region));
    }

    /** Local regions share an engine, so the region is part of the names there. */
    private static String projectName(PortolanFile file, RegionEntry region) {
        return region.local()
                ? file.app().value() + "-" + region.name().value()
                : file.app().value();
    }

    /** Empty when there is a problem with them. */
    private Optional<List<Route>> routes(
            PortolanFile file, Collection<ComposeProject> projects, ComposeProject leading) {
        if (file.routes().isEmpty()) {
            return new RouteMapper(leading, problems).inferred(file.app().location());
        }
        var entries = file.routes().get().value();
        boolean good = true;
        for (ComposeProject project : projects) {
            good &= new RouteMapper(project, problems).given(entries).isPresent();
        }
        return good ? new RouteMapper(leading, problems).given(entries) : Optional.empty();
    }

    private Map<String, Workload> workloads(
            PortolanFile file,
            RegionVariables variables,
            Map<String, RegionSecrets> secrets,
            Map<String, ComposeProject> projects,
            List<Route> routes) {
        Map<String, Workload> workloads = new LinkedHashMap<>();
        ImageMapper images = new ImageMapper(file.app().value(), options.images(), problems);
        SharedEngine shared = new SharedEngine(problems);
        ProjectTrees trees = new ProjectTrees();
        Placements placements = new Placements(file.regions(), problems);
        for (RegionEntry region : file.regions()) {
            ComposeProject project = projects.get(region.name().value());
            if (project == null) {
                continue;
            }
            RegionSecrets stored = secrets.getOrDefault(region.name().value(), RegionSecrets.NONE);
            FileContents files = new FileContents(options.environment(), variables.of(region), stored, problems);
            Binds binds = new Binds(folder, project, trees, problems);
            ContainerMapper containers = new ContainerMapper(project, folder, files, binds, stored, problems);
            ContainerNames names = new ContainerNames(region, file.regions(), problems);
            ServiceMapper services = new ServiceMapper(project, images, containers, names, binds, problems);
            workloads.put(
                    region.name().value(),
                    new WorkloadMapper(project, services, binds, region.name().value(), placements, problems)
                            .workload(routes));
            if (region.local()) {
                shared.add(region.name().value(), project, binds);
            }
        }
        return workloads;
    }

    private Desired desired(
            PortolanFile file, List<Route> routes, TrafficSettings traffic, Map<String, Workload> workloads) {
        List<Region> regions = new ArrayList<>();
        for (RegionEntry entry : file.regions()) {
            String name = entry.name().value();
            regions.add(new Region(name, entry.place(), entry.hostsById()));
        }
        Content content = new Content(
                file.app().value(),
                regions,
                file.primary(),
                routes,
                file.rollout(),
                traffic,
                workloads,
                Optional.empty());
        Desired without = desired(content);
        return file.release()
                .flatMap(entry -> new ReleaseReader(problems).command(entry, without))
                .map(command -> desired(content.with(command)))
                .orElse(without);
    }

    private static Desired desired(Content content) {
        return new Desired(
                content.app(),
                new ReleaseId(Fingerprint.of(CanonicalText.of(content)).substring(0, 10)),
                content.regions(),
                content.primary(),
                content.routes(),
                content.rollout(),
                content.traffic(),
                content.workloads(),
                content.releaseCommand());
    }
}
