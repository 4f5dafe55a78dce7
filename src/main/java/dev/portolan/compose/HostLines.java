package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** {@code extra_hosts} as the engine wants them: {@code name:address}. */
final class HostLines {
    private HostLines() {}

    /** @param section a service, or its build */
    static List<String> read(Section section) {
        List<String> lines = new ArrayList<>();
        List<YamlNode> items = section.items("extra_hosts");
        for (int index = 0; index < items.size(); index++) {
            String text = Trees.text(items.get(index));
            SourceLocation location = items.get(index).location();
            int separator = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
            String name = separator < 0 ? "" : text.substring(0, separator);
            if (name.isEmpty() || name.contains(":")) {
                section.problems()
                        .error(
                                location,
                                section.path().child("extra_hosts").child(index),
                                "\"" + text + "\" is no name with an address",
                                "write name=address");
                continue;
            }
            for (String address : text.substring(separator + 1).split(",", -1)) {
                boolean brackets = address.startsWith("[") && address.endsWith("]");
                lines.add(name + ":" + (brackets ? address.substring(1, address.length() - 1) : address));
            }
        }
        return lines;
    }
}
