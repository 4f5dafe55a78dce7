package dev.portolan.config;

import dev.portolan.config.PortolanFile.RegionEntry;
import dev.portolan.model.ExitCode;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.SecretSource;
import dev.portolan.model.UserError;
import dev.portolan.yaml.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The encrypted files of a project, as its portolan.yml says.
 *
 * @param stores those that are such files, by name, with places that are still to be filled in
 * @param words by region, what is filled in for it
 */
public record StoreFiles(Map<String, SecretSource.Age> stores, Map<String, String> words) {
    private static final SecretSource.Age USUAL = new SecretSource.Age("secrets.age");

    public StoreFiles {
        stores = new LinkedHashMap<>(stores);
        words = new LinkedHashMap<>(words);
    }

    /**
     * Without a portolan.yml, or where that has no store at all, there is the usual file.
     *
     * @throws InvalidConfiguration when portolan.yml has a problem
     */
    public static StoreFiles read(Path folder) {
        Optional<Path> file = ConfigurationReader.file(folder);
        if (file.isEmpty()) {
            return new StoreFiles(Map.of(SecretNames.ONLY, USUAL), Map.of());
        }
        Problems problems = new Problems();
        PortolanFile read;
        try {
            read = new PortolanFileReader(problems)
                    .read(String.valueOf(file.get().getFileName()), ConfigurationReader.text(file.get()));
        } catch (IOException unreadable) {
            throw new UserError(file.get() + " cannot be read", "correct its rights", ExitCode.USAGE, unreadable);
        }
        if (problems.hasErrors()) {
            throw new InvalidConfiguration(problems.all());
        }
        Map<String, SecretSource.Age> stores = new LinkedHashMap<>();
        read.stores().forEach((name, source) -> {
            if (source instanceof SecretSource.Age age) {
                stores.put(name, age);
            }
        });
        Map<String, String> words = new LinkedHashMap<>();
        for (RegionEntry region : read.regions()) {
            String name = region.name().value();
            words.put(name, region.secrets().map(Located::value).orElse(name));
        }
        return new StoreFiles(read.stores().isEmpty() ? Map.of(SecretNames.ONLY, USUAL) : stores, words);
    }

    /**
     * The files that are meant, relative to the folder or absolute.
     *
     * @param store empty where there is only one
     * @param region empty for those of all regions
     * @throws UserError when there is no such store or region, or no store is such a file
     */
    public List<String> files(Optional<String> store, Optional<String> region) {
        region.ifPresent(name -> known("region", name, words.keySet()));
        SecretSource.Age source = source(store);
        Collection<String> meant =
                region.map(name -> Set.of(words.getOrDefault(name, name))).orElse(new LinkedHashSet<>(words.values()));
        Set<String> files = new LinkedHashSet<>();
        if (meant.isEmpty()) {
            files.add(source.file());
        }
        meant.forEach(word -> files.add(((SecretSource.Age) source.of(word)).file()));
        return new ArrayList<>(files);
    }

    private SecretSource.Age source(Optional<String> store) {
        if (stores.isEmpty()) {
            throw new UserError(
                    "no store of portolan.yml is an encrypted file",
                    "change secrets with the store's own program; or add \"secrets: { store: age }\" to portolan.yml",
                    ExitCode.USAGE);
        }
        if (store.isEmpty() && stores.size() == 1) {
            return stores.values().iterator().next();
        }
        String name = store.orElseThrow(() -> new UserError(
                "there are several encrypted files in portolan.yml",
                "say which with --store: " + String.join(", ", stores.keySet()),
                ExitCode.USAGE));
        known("store", name, stores.keySet());
        return stores.getOrDefault(name, USUAL);
    }

    private static void known(String what, String name, Set<String> names) {
        if (!names.contains(name)) {
            throw new UserError(
                    "there is no " + what + " " + name,
                    Suggestion.nearest(name, names)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("there is " + String.join(", ", names)),
                    ExitCode.USAGE);
        }
    }
}
