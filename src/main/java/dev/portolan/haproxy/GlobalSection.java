package dev.portolan.haproxy;

import java.util.ArrayList;
import java.util.List;

/** The {@code global} section that every HAProxy of Portolan has. */
public final class GlobalSection {
    private static final int NOBODY = 65_534;

    private GlobalSection() {}

    /**
     * The section.
     *
     * @param description words {@code name=value} that {@link ProcessStatus#described} finds again
     * @param startsAsRoot whether the workers must give up the rights of root
     */
    public static Section of(String description, HaproxyFolder folder, boolean startsAsRoot) {
        List<String> lines = new ArrayList<>(List.of(
                "description " + description,
                folder.adminLine(),
                "fd-hard-limit 50000", // as many connections as the limit of open files allows, which may be endless
                "noreuseport", // or two of them could listen on one port, and share the readers of it
                "hard-stop-after 24h")); // a worker that a reload has replaced costs little while it has connections
        if (startsAsRoot) {
            lines.add("uid " + NOBODY);
            lines.add("gid " + NOBODY);
        }
        return new Section("global", lines);
    }
}
