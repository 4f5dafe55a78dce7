package dev.portolan.demo;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ImageSource;
import dev.portolan.model.UserError;
import dev.portolan.setup.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sees to it that an engine has the images of the demo: the official ones of Docker Hub, or where that cannot be reached our own
 * out of the distribution's packages. What it has from an earlier time is used as it is; only what is missing is fetched or made.
 */
public final class DemoImages {
    private static final Duration REACH_LIMIT = Duration.ofSeconds(8);
    private static final Duration FETCH_LIMIT = Duration.ofMinutes(3);

    private final ContainerEngine engine;
    private final PackageImages own;

    /**
     * @param engine of this machine
     * @param folder of Portolan's own files
     */
    public DemoImages(ContainerEngine engine, Machine machine, Path folder) {
        this.engine = engine;
        this.own = new PackageImages(engine, machine, folder.resolve("images"));
    }

    /** All images of the demo; see {@link #ensure(Set, Consumer)}. */
    public ImageSet ensure(Consumer<String> progress) {
        return ensure(EnumSet.allOf(DemoImage.class), progress);
    }

    /**
     * Returns once the engine has the images.
     *
     * @param progress one line for each thing that is done
     * @throws UserError when they can neither be fetched nor made here
     */
    public ImageSet ensure(Set<DemoImage> wanted, Consumer<String> progress) {
        Map<DemoImage, String> present = here(wanted);
        Set<DemoImage> missing = EnumSet.noneOf(DemoImage.class);
        wanted.stream().filter(image -> !present.containsKey(image)).forEach(missing::add);
        if (missing.isEmpty()) {
            return earlier(present);
        }
        String which = missing.equals(wanted) ? "The images" : "The missing images";
        Optional<String> obstacle = fetch(missing, progress);
        if (obstacle.isEmpty()) {
            return new ImageSet(with(present, official(missing)), which + " are the official ones of Docker Hub.");
        }
        progress.accept(obstacle.get() + ", so " + decapitalized(which) + " are made from the distribution's packages");
        return new ImageSet(
                with(present, own.make(missing, progress)),
                which + " were made from the distribution's packages, since " + decapitalized(obstacle.get()) + ".");
    }

    /** The images if the engine has all of them already. */
    public Optional<ImageSet> present(Set<DemoImage> wanted) {
        return Optional.of(here(wanted))
                .filter(present -> present.keySet().containsAll(wanted))
                .map(DemoImages::earlier);
    }

    /** What the engine calls those that it has: the official ones where it has them. */
    private Map<DemoImage, String> here(Set<DemoImage> wanted) {
        Map<DemoImage, String> official = official(wanted);
        official.values().removeIf(reference -> engine.imageDigest(reference).isEmpty());
        Set<DemoImage> others = EnumSet.noneOf(DemoImage.class);
        wanted.stream().filter(image -> !official.containsKey(image)).forEach(others::add);
        return others.isEmpty() ? official : with(own.present(others), official);
    }

    private static ImageSet earlier(Map<DemoImage, String> present) {
        boolean fromHub = present.equals(official(present.keySet()));
        return new ImageSet(
                present,
                fromHub
                        ? "The images of Docker Hub are here already."
                        : "The images made from the distribution's packages are here already.");
    }

    private static Map<DemoImage, String> with(Map<DemoImage, String> some, Map<DemoImage, String> more) {
        Map<DemoImage, String> all = new EnumMap<>(DemoImage.class);
        all.putAll(some);
        all.putAll(more);
        return all;
    }

    private static Map<DemoImage, String> official(Set<DemoImage> wanted) {
        Map<DemoImage, String> references = new EnumMap<>(DemoImage.class);
        wanted.forEach(image -> references.put(image, image.official()));
        return references;
    }

    private static String decapitalized(String text) {
        return text.startsWith("Docker") ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    /** Fetches the official images. Returns why it could not, if so. */
    private Optional<String> fetch(Set<DemoImage> wanted, Consumer<String> progress) {
        Map<DemoImage, String> digests = forAll(wanted, REACH_LIMIT, image -> engine.registryDigest(image.official()));
        if (digests.size() < wanted.size()) {
            return Optional.of("Docker Hub cannot be reached");
        }
        progress.accept("fetching the official images from Docker Hub");
        Map<DemoImage, String> fetched = forAll(wanted, FETCH_LIMIT, image -> {
            String digest = digests.getOrDefault(image, "");
            engine.pull(new ImageSource.Pulled(image.official(), digest), line -> {});
            return Optional.of(digest);
        });
        return wanted.stream()
                .filter(image -> !fetched.containsKey(image))
                .map(image -> image.official() + " could not be fetched from Docker Hub")
                .findFirst();
    }

    /** Does something for all images at once. What fails, has no result or takes longer than the limit is left out. */
    private static Map<DemoImage, String> forAll(
            Set<DemoImage> images, Duration limit, Function<DemoImage, Optional<String>> action) {
        Map<DemoImage, String> results = new EnumMap<>(DemoImage.class);
        List<DemoImage> order = List.copyOf(images);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = order.stream()
                    .map(image -> (Callable<Optional<String>>) () -> action.apply(image))
                    .toList();
            // Those that are late are interrupted, which ends their calls of the engine
            var ended = threads.invokeAll(tasks, limit.toMillis(), TimeUnit.MILLISECONDS);
            for (int index = 0; index < order.size(); index++) {
                Future<Optional<String>> task = ended.get(index);
                if (task.state() == Future.State.SUCCESS) {
                    DemoImage image = order.get(index);
                    task.resultNow().ifPresent(result -> results.put(image, result));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError(
                    "interrupted while fetching images", "run the command again", ExitCode.FAILED, interrupted);
        }
        return results;
    }
}
