package dev.portolan.simulation;

import dev.portolan.model.Labels;
import dev.portolan.rollout.ReleaseCommandsLeft;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * C: the release command runs in one place at a time, never after the first wave began, and not again where it has ended well, until the
 * rollout came to its end or went back. It is not known to any rollout but by the journal, which is read here as it is written.
 */
final class CommandRules {
    private static final Pattern TYPE = Pattern.compile("\\{\"type\":\"([a-z-]+)\"");
    private static final Pattern TO = Pattern.compile("\"to\":\"([0-9a-f]{10})\"");
    private static final Pattern WHERE = Pattern.compile("\"where\":\"([^\"]+)\"");

    private final World world;
    private final Set<String> ran = new HashSet<>();
    private String to = "";
    private boolean moved;
    private boolean back;

    CommandRules(World world) {
        this.world = world;
    }

    static boolean isCommand(FakeContainer container) {
        return container.label(Labels.ROLE).equals(ReleaseCommandsLeft.ROLE);
    }

    /** A line of the journal. */
    void appended(String line) {
        Matcher type = TYPE.matcher(line);
        if (!type.find()) {
            return;
        }
        switch (type.group(1)) {
            case "started" -> {
                Matcher release = TO.matcher(line);
                if (release.find() && !release.group(1).equals(to)) {
                    to = release.group(1);
                    forget();
                }
                back = false;
            }
            case "intended" -> moved |= !back && isOfWave(line);
            case "going-back" -> {
                forget();
                back = true;
            }
            case "ended" -> {
                if (!line.contains("\"outcome\":\"STUCK\"")) {
                    forget();
                }
            }
            default -> {}
        }
    }

    private void forget() {
        ran.clear();
        moved = false;
    }

    /** What the command needs is started on its own host before any wave; all else that starts or takes readers is of a wave. */
    private boolean isOfWave(String line) {
        Matcher where = WHERE.matcher(line);
        String keeper = world.app().release(0).desired().keeper().id().toString();
        boolean elsewhere = where.find() && !where.group(1).equals(keeper);
        return line.contains("\"step\":\"cut over") || (elsewhere && line.contains("\"step\":\"start"));
    }

    void started(FakeMachine machine, FakeContainer container) {
        String release = container.label(Labels.RELEASE);
        if (moved && release.equals(to)) {
            throw new Violation("C: the command of " + release + " begins after the first wave");
        }
        if (ran.contains(release)) {
            throw new Violation("C: the command of " + release + " runs again, although it has ended well");
        }
        boolean another = world.machines().stream()
                .flatMap(other -> other.containers.values().stream())
                .anyMatch(other -> other != container && isCommand(other) && other.running());
        if (another) {
            throw new Violation("C: two release commands run at once on " + machine.name);
        }
    }

    void endedWell(FakeContainer container) {
        ran.add(container.label(Labels.RELEASE));
    }

    /** None is left when all is done. */
    void checkNoneRuns() {
        world.machines().stream()
                .flatMap(machine -> machine.containers.values().stream())
                .filter(container -> isCommand(container) && container.running())
                .findFirst()
                .ifPresent(container -> {
                    throw new Violation("C: " + container.name + " still runs at the end");
                });
    }
}
