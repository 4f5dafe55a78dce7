package dev.portolan.model;

import java.util.List;

/**
 * How a container is known and looks up others, beside its own name and those of name servers.
 *
 * @param domain of its host name; empty for none
 * @param search domains in which short names are looked for
 * @param options of the resolver
 * @param links {@code CONTAINER:ALIAS} lines
 * @param mac hardware address where it has a network mode; empty for one that the engine chooses
 */
public record Naming(String domain, List<String> search, List<String> options, List<String> links, String mac) {

    public Naming {
        search = List.copyOf(search);
        options = List.copyOf(options);
        links = List.copyOf(links);
    }
}
