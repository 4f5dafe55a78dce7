package dev.portolan.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.portolan.load.Post;
import dev.portolan.load.Rate;
import dev.portolan.load.Reader;
import dev.portolan.load.ReaderKind;
import dev.portolan.model.Desired;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.Region;
import dev.portolan.model.TrafficSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The readers of the demo, and what they must find in the end. */
public final class Audience {
    private static final Map<String, String> NAMES =
            Map.of("dublin", "Dublin", "san-francisco", "San Francisco", "sydney", "Sydney");

    private final Desired release;
    private final int edge;
    private final long effectsBefore;

    /** @param release with an edge, and up */
    public Audience(Desired release) {
        this.release = release;
        this.edge = switch (release.traffic()) {
            case TrafficSettings.Edge(int port) -> port;
            case TrafficSettings.None() -> throw new IllegalArgumentException("readers need an edge");
        };
        this.effectsBefore = inAllRegions("distinct");
    }

    /** At the place of each region, some of every kind. */
    public List<Reader> readers() {
        return release.regions().stream().flatMap(region -> at(region).stream()).toList();
    }

    private List<Reader> at(Region region) {
        String place = NAMES.getOrDefault(region.name(), region.name());
        InetAddress source = sourceOf(release.regions().indexOf(region));
        return List.of(
                Reader.of(place, ReaderKind.KEEP_ALIVE, uri("http", "/"), Rate.parse("20/s"))
                        .from(source),
                Reader.of(place, ReaderKind.NEW_CONNECTION, uri("http", "/"), Rate.parse("4/s"))
                        .from(source),
                Reader.of(place, ReaderKind.POST, uri("http", "/orders"), Rate.parse("4/s"))
                        .from(source),
                Reader.of(place, ReaderKind.SLOW, uri("http", "/slow?ms=1200"), Rate.parse("1/s"))
                        .from(source),
                Reader.of(place, ReaderKind.WEB_SOCKET, uri("ws", "/ws"), Rate.parse("2/s"))
                        .from(source));
    }

    /** The edge takes a reader from 127.(10+i).0.0/16 to be at the place of region i. */
    public static InetAddress sourceOf(int region) {
        try {
            return InetAddress.getByAddress(new byte[] {127, (byte) (10 + region), 0, 1});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private URI uri(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + edge + path);
    }

    /**
     * Compares the POSTs that readers sent with those that took effect since, in the databases of all regions.
     *
     * @return what is wrong, as a sentence
     */
    public Optional<String> effects(List<Post> posts) {
        long succeeded = posts.stream()
                .filter(post -> post.outcome() == Post.Outcome.SUCCEEDED)
                .count();
        long effects = inAllRegions("distinct") - effectsBefore;
        long twice = inAllRegions("duplicates");
        if (twice > 0) {
            return Optional.of(twice + " POSTs ran twice");
        }
        return effects >= succeeded && effects <= posts.size()
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%,d POSTs took effect, but %,d of %,d succeeded",
                        effects,
                        succeeded,
                        posts.size()));
    }

    private long inAllRegions(String count) {
        return release.regions().stream()
                .mapToLong(region -> summary(
                                ProxyPorts.originOf(release, region.hosts().getFirst()))
                        .path(count)
                        .asLong())
                .sum();
    }

    private static JsonNode summary(String origin) {
        try (var stream =
                URI.create("http://" + origin + "/orders/summary").toURL().openStream()) {
            return new ObjectMapper().readTree(stream);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
