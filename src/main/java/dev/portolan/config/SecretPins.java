package dev.portolan.config;

import dev.portolan.compose.Build;
import dev.portolan.compose.ComposeProject;
import dev.portolan.compose.ComposeService;
import dev.portolan.compose.FileContent;
import dev.portolan.compose.FileMount;
import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.config.SecretVersions.Answer;
import dev.portolan.config.SecretVersions.Version;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.SecretSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds the secrets that the services of each region use, and pins them. The stores are asked once, for all regions together, and
 * only for what is used.
 */
final class SecretPins {
    private final PortolanFile file;
    private final SecretVersions versions;
    private final Problems problems;

    SecretPins(PortolanFile file, SecretVersions versions, Problems problems) {
        this.file = file;
        this.versions = versions;
        this.problems = problems;
    }

    /** @param at where it is asked for */
    private record Wanted(String region, String name, SecretSource source, String key, Located<String> at) {}

    /** For each region by its name; without those that have a problem. */
    Map<String, RegionSecrets> pin(Map<String, ComposeProject> projects) {
        List<Wanted> wanted = new ArrayList<>();
        for (RegionEntry region : file.regions()) {
            Optional.ofNullable(projects.get(region.name().value()))
                    .ifPresent(project -> wanted.addAll(wantedOf(region, project)));
        }
        if (wanted.isEmpty() || problems.hasErrors()) {
            return Map.of();
        }
        Map<SecretSource, Set<String>> keys = new LinkedHashMap<>();
        wanted.forEach(one ->
                keys.computeIfAbsent(one.source(), source -> new TreeSet<>()).add(one.key()));
        return pinned(wanted, versions.of(keys));
    }

    private Map<String, RegionSecrets> pinned(List<Wanted> wanted, Map<SecretSource, Answer> answers) {
        Map<String, Map<String, PinnedSecret>> pins = new HashMap<>();
        for (Wanted one : wanted) {
            Answer answer = answers.getOrDefault(one.source(), new Answer(Map.of(), Set.of()));
            Optional<Version> found = Optional.ofNullable(answer.found().get(one.key()));
            if (found.isEmpty()) {
                missing(one, answer);
            }
            found.ifPresent(version -> pins.computeIfAbsent(one.region(), region -> new HashMap<>())
                    .put(
                            one.name(),
                            new PinnedSecret(
                                    one.name(), one.source(), one.key(), version.version(), version.identity())));
        }
        Map<String, RegionSecrets> secrets = new HashMap<>();
        pins.forEach((region, byName) -> secrets.put(region, new RegionSecrets(byName)));
        return secrets;
    }

    private void missing(Wanted wanted, Answer answer) {
        problems.error(
                wanted.at(),
                "region " + wanted.region() + ": there is no secret \"" + wanted.key() + "\" in "
                        + wanted.source().text(),
                Problems.didYouMean(wanted.key(), answer.names(), remedy(wanted)));
    }

    private static String remedy(Wanted wanted) {
        return switch (wanted.source()) {
            case SecretSource.Age _ ->
                "give it a value with: portolan secrets set " + wanted.name() + " --region " + wanted.region();
            case SecretSource.Aws _, SecretSource.Vault _ -> "give it a value there, or correct the name";
            case SecretSource.Environment _ -> "set it in the environment of this command";
            case SecretSource.Command _ -> "see why the command has none, or correct the name";
        };
    }

    private List<Wanted> wantedOf(RegionEntry region, ComposeProject project) {
        List<Wanted> wanted = new ArrayList<>();
        Map<String, Located<String>> env = new LinkedHashMap<>(file.env());
        env.putAll(region.env());
        Set<String> texts = new HashSet<>();
        project.services()
                .values()
                .forEach(service -> texts.addAll(service.process().environment().values()));
        Map<String, Located<String>> byName = new LinkedHashMap<>();
        env.values()
                .forEach(value -> SecretReferences.in(value.value()).forEach(name -> byName.putIfAbsent(name, value)));
        refuseElsewhere(project, byName);
        byName.forEach((name, at) -> {
            if (texts.stream().anyMatch(text -> SecretReferences.mentions(text, name))) {
                wanted(region, name, at).ifPresent(wanted::add);
            }
        });
        external(project).forEach((name, at) -> {
            if (!byName.containsKey(name)
                    || wanted.stream().noneMatch(one -> one.name().equals(name))) {
                wanted(region, name, at).ifPresent(wanted::add);
            }
        });
        return wanted;
    }

    private void refuseElsewhere(ComposeProject project, Map<String, Located<String>> byName) {
        Set<String> marks = new HashSet<>();
        byName.keySet().forEach(name -> marks.add(PinnedSecret.mark(name)));
        if (marks.isEmpty()) {
            return;
        }
        for (Mentions.Mention mention : Mentions.outsideOfEnvironments(project, marks)) {
            problems.error(
                    mention.location(),
                    mention.path(),
                    mention.mark()
                            + " of portolan.yml would be seen here by anybody who may look at the engine, the process"
                            + " or the image",
                    "a secret goes into the \"environment\" of a service, or as a file with \"secrets: { NAME: { external:"
                            + " true } }\"");
        }
    }

    /** The secrets of the Compose files that a store has, by the names that portolan.yml would use. */
    private Map<String, Located<String>> external(ComposeProject project) {
        Map<String, Located<String>> found = new LinkedHashMap<>();
        for (ComposeService service : project.services().values()) {
            for (FileMount mount : service.storage().secrets()) {
                Optional.ofNullable(project.secrets().get(mount.source()))
                        .filter(secret -> secret.content() instanceof FileContent.External)
                        .ifPresent(secret -> found.putIfAbsent(
                                ((FileContent.External) secret.content()).name(),
                                new Located<>(secret.key(), secret.location(), "secrets/" + secret.key())));
            }
            service.build().ifPresent(build -> refuseInBuild(project, service, build));
        }
        return found;
    }

    private void refuseInBuild(ComposeProject project, ComposeService service, Build build) {
        for (Build.BuildSecret secret : build.manner().secrets()) {
            Optional.ofNullable(project.secrets().get(secret.source()))
                    .filter(found -> found.content() instanceof FileContent.External)
                    .ifPresent(found -> problems.error(
                            secret.location(),
                            "services/" + service.name() + "/build/secrets",
                            "a build cannot have the secret \"" + secret.source()
                                    + "\" of a store: it may differ by region, and the image does not",
                            "give it \"file\" or \"environment\" in \"secrets\""));
        }
    }

    private Optional<Wanted> wanted(RegionEntry region, String name, Located<String> at) {
        return SecretNames.resolve(file.stores(), name, at, problems)
                .map(found -> new Wanted(
                        region.name().value(),
                        name,
                        found.source()
                                .of(region.secrets()
                                        .map(Located::value)
                                        .orElse(region.name().value())),
                        found.key(),
                        at));
    }
}
