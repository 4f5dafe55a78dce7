package dev.portolan.deploy;

import java.util.List;

/**
 * What becomes of one service.
 *
 * @param what differs, in a person's words; never a value of a variable, which may be a secret
 * @param regions in which; empty for all
 */
public record ServiceChange(String service, Kind kind, List<String> what, List<String> regions) {

    public enum Kind {
        NEW,
        CHANGED,
        REMOVED,
        /** Asked for as before, but its containers are not as they should be. */
        BROUGHT_BACK,
        UNTOUCHED
    }

    public ServiceChange {
        what = List.copyOf(what);
        regions = List.copyOf(regions);
    }

    /** One line, such as {@code web: changed in sydney (image shop:1 -> shop:2)}. */
    public String text() {
        String where = regions.isEmpty() ? "" : " in " + String.join(", ", regions);
        String difference = what.isEmpty() ? "" : " (" + String.join("; ", what) + ")";
        return service + ": "
                + switch (kind) {
                    case NEW -> "new" + where + difference;
                    case CHANGED -> "changed" + where + difference;
                    case REMOVED -> "removed" + where + difference;
                    case BROUGHT_BACK -> "brought back" + where + difference;
                    case UNTOUCHED -> "untouched";
                };
    }
}
