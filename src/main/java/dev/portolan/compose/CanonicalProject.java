package dev.portolan.compose;

import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Problem;
import dev.portolan.yaml.JsonWriter;
import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import dev.portolan.yaml.YamlNode.Scalar;
import dev.portolan.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A project as its files mean it, in the canonical form of Docker Compose.
 *
 * @param name of the project
 * @param root what is printed
 * @param typed whether every value has the type of its key; not so where variables were not filled in
 * @param profiles all that services have, sorted, also of services that are left out
 * @param variables all that fill the project in, sorted
 */
public record CanonicalProject(
        String name, Mapping root, boolean typed, List<String> profiles, Map<String, String> variables) {

    public CanonicalProject {
        profiles = List.copyOf(new TreeSet<>(profiles));
        variables = Ordered.copy(variables);
    }

    /** As {@code docker compose config --format json} prints it, key order and whitespace aside. */
    public String json() {
        return escaped(JsonWriter.write(typed ? Rendering.forJson(root) : Rendering.untypedForJson(root)));
    }

    public String yaml() {
        return escaped(YamlWriter.write(typed ? Rendering.forYaml(root) : Rendering.sorted(root)));
    }

    /** So that the text can be read again: a dollar of a value begins no variable. */
    private String escaped(String text) {
        return typed ? text.replace("$", "$$") : text;
    }

    /** What Docker Compose calls a service's configuration, by the service's name: the hash that its containers bear. */
    public Map<String, String> hashes() {
        return ServiceHashes.of(root);
    }

    /** The variables that the files have in them, sorted by name. Only of a project whose variables are not filled in. */
    public List<TemplateVariable> templateVariables() {
        return TemplateVariable.in(root);
    }

    /** The keys below a top-level key such as {@code services}, sorted. */
    public List<String> names(String key) {
        return Trees.entries(root, key).stream()
                .map(entry -> entry.key())
                .sorted()
                .toList();
    }

    /** The models of services, as they are written, in the order of their names. */
    public List<String> models() {
        return Trees.entries(root, "models").stream()
                .sorted(Comparator.comparing(Entry::key))
                .flatMap(entry ->
                        entry.value() instanceof Mapping model ? Trees.text(model, "model").stream() : Stream.empty())
                .filter(model -> !model.isEmpty())
                .toList();
    }

    /**
     * The project with a digest in the name of each image.
     *
     * @param digests by the name of an image in full, for those that are written without one
     * @throws InvalidConfiguration when a name cannot be the name of an image
     */
    public CanonicalProject withDigests(UnaryOperator<String> digests) {
        return withRoot(Trees.atEach(
                root,
                "services",
                (name, service) -> Trees.at(
                        service,
                        "image",
                        image -> Trees.isText(image)
                                ? Scalar.string(pinned(name, image, digests), image.location())
                                : image)));
    }

    private static String pinned(String service, YamlNode image, UnaryOperator<String> digests) {
        try {
            ImageReference reference = ImageReference.of(Trees.text(image));
            return reference.digest().isPresent()
                    ? reference.toString()
                    : reference.withDigest(digests.apply(reference.toString())).toString();
        } catch (InvalidValue invalid) {
            throw new InvalidConfiguration(List.of(Problem.error(
                    image.location(), "services/" + service + "/image", invalid.message(), invalid.remedy())));
        }
    }

    /** An override file with the images of the services, and nothing else. */
    public CanonicalProject imagesOnly() {
        Mapping services = Trees.each(
                new Mapping(Trees.entries(root, "services"), root.location()),
                entry -> entry.value() instanceof Mapping service
                        ? Trees.withValue(
                                entry,
                                new Mapping(service.entry("image").stream().toList(), service.location()))
                        : entry);
        return withRoot(Trees.mapping(root.location(), Trees.entry("services", services)));
    }

    private CanonicalProject withRoot(Mapping other) {
        return new CanonicalProject(name, other, typed, profiles, variables);
    }

    /** The image of each service, as it is written or as a build is called, in the order of the services' names. */
    public List<String> images() {
        List<String> images = new ArrayList<>();
        Trees.entries(root, "services").stream()
                .sorted(Comparator.comparing(Entry::key))
                .forEach(entry -> images.add((entry.value() instanceof Mapping service
                                ? Trees.text(service, "image")
                                : Optional.<String>empty())
                        .orElse(name + "-" + entry.key())));
        return images;
    }
}
