package dev.portolan.demo;

import java.util.Map;
import java.util.TreeMap;

/**
 * Images that an engine has.
 *
 * @param references what the engine calls each of them
 * @param origin where they come from and why, as a sentence for a person
 */
public record ImageSet(Map<DemoImage, String> references, String origin) {

    public ImageSet {
        references = Map.copyOf(references);
    }

    /** Name and value of the variables that the demo's compose.yaml reads. */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        references.forEach((image, reference) -> variables.put(image.variable(), reference));
        return variables;
    }
}
