package dev.portolan.yaml;

import dev.portolan.model.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What a text in YAML holds.
 *
 * @param documents as far as they could be read; complete when there is no problem
 * @param problems errors, in the order of the text
 */
public record YamlReading(List<YamlNode> documents, List<Problem> problems) {

    public YamlReading {
        documents = List.copyOf(documents);
        problems = List.copyOf(problems);
    }

    /** The first document; empty when there is none. */
    public Optional<YamlNode> root() {
        return documents.stream().findFirst();
    }
}
