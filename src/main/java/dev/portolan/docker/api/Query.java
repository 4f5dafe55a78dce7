package dev.portolan.docker.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.util.Map;

/**
 * The path and parameters of a call, encoded.
 *
 * @param target without the version in front
 */
record Query(String target) {

    /** @param names of the path, in their order; slashes within a name stay, as image references have them */
    static Query path(String... names) {
        var path = new StringBuilder();
        for (String name : names) {
            path.append('/').append(encoded(name).replace("%2F", "/").replace("%3A", ":"));
        }
        return new Query(path.toString());
    }

    Query with(String parameter, String value) {
        return new Query(target + (target.indexOf('?') < 0 ? '?' : '&') + parameter + '=' + encoded(value));
    }

    Query with(String parameter, boolean value) {
        return with(parameter, value ? "1" : "0");
    }

    /** Only what carries all these labels. */
    Query withLabels(Map<String, String> labels) {
        ObjectNode filters = JsonNodeFactory.instance.objectNode();
        var wanted = filters.putArray("label");
        labels.forEach((name, value) -> wanted.add(name + "=" + value));
        return with("filters", filters.toString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
