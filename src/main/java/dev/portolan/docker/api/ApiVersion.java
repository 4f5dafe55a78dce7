package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** A version of the engine's API, such as 1.41. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {

    /** What every call here is written for; newer engines speak it too, until they drop it. */
    static final ApiVersion FLOOR = new ApiVersion(1, 41);

    /** What containers and networks are made in at most: the version of Docker Compose 2.40, which they are to be equal to. */
    static final ApiVersion CEILING = new ApiVersion(1, 51);

    static ApiVersion parse(String text) throws IOException {
        String[] parts = text.split("\\.", -1);
        try {
            return new ApiVersion(Integer.parseInt(parts[0]), parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
        } catch (NumberFormatException e) {
            throw new IOException("the engine says that its API has the version " + text, e);
        }
    }

    /**
     * The oldest version that both know: an engine behaves the same on every host then, whatever its own version is.
     *
     * @param versions the engine's answer to {@code GET /version}
     */
    static ApiVersion negotiated(JsonNode versions) throws IOException {
        ApiVersion newest = parse(versions.path("ApiVersion").asText("0.0"));
        ApiVersion oldest = parse(versions.path("MinAPIVersion").asText("1.12"));
        if (newest.compareTo(FLOOR) < 0) {
            throw new RefusedException(
                    400,
                    "this container engine (%s, API %s) is too old: Portolan needs API %s, which came with Docker 20.10"
                            .formatted(versions.path("Version").asText("unknown"), newest.text(), FLOOR.text()));
        }
        return oldest.compareTo(FLOOR) > 0 ? oldest : FLOOR;
    }

    /** The newest version that both know, for what an older one has no words for */
    static ApiVersion newest(JsonNode versions) throws IOException {
        ApiVersion newest = parse(versions.path("ApiVersion").asText("0.0"));
        ApiVersion oldest = negotiated(versions);
        ApiVersion known = newest.compareTo(CEILING) > 0 ? CEILING : newest;
        return oldest.compareTo(known) > 0 ? oldest : known;
    }

    String text() {
        return major + "." + minor;
    }

    @Override
    public int compareTo(ApiVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }
}
