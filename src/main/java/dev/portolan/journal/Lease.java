package dev.portolan.journal;

import dev.portolan.host.HostFiles;
import dev.portolan.host.HostFiles.StoredFile;
import dev.portolan.json.Json;
import dev.portolan.json.MalformedJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The lock of an app: a file on the primary's first host, renewed while it is held. It is taken by an exclusive change of the
 * file, so two commands never hold it at once; one that nobody renewed for {@link #DURATION}, by that host's own clock, belongs
 * to a dead owner and may be taken over. Not safe for use by several threads.
 */
public final class Lease implements AutoCloseable {
    /** How long a lease is good without being renewed. */
    public static final Duration DURATION = Duration.ofSeconds(30);

    /** How often the owner renews it. */
    public static final Duration RENEWAL = Duration.ofSeconds(5);

    private final HostFiles files;
    private final String path;
    private String content;

    private Lease(HostFiles files, String path, String content) {
        this.files = files;
        this.path = path;
        this.content = content;
    }

    /**
     * Who holds the lock.
     *
     * @param token unique for each time it is taken
     * @param who user and machine
     * @param machine identity of the machine, so that a dead process of the same one is recognised at once
     * @param process id on that machine
     * @param purpose what the owner does, for a person
     * @param renewal counts up, so that each renewal is a change
     */
    public record Owner(
            String token, String who, String machine, long process, String purpose, Instant since, long renewal) {

        Owner renewed() {
            return new Owner(token, who, machine, process, purpose, since, renewal + 1);
        }
    }

    /**
     * Takes the lock.
     *
     * @param dead says of an owner that it certainly lives no more, such as a process of this machine that is gone
     * @throws Locked when somebody else holds it
     */
    public static Lease take(HostFiles files, String app, Owner owner, Predicate<Owner> dead) {
        String path = path(app);
        String content = Json.write(owner);
        try {
            if (!files.compareAndSet(path, Optional.empty(), Optional.of(content))) {
                takeOver(files, app, content, dead);
            }
            return new Lease(files, path, content);
        } catch (IOException broken) {
            throw new LockUnavailable(path, broken);
        }
    }

    /** @throws Locked unless its owner is dead, or has given it back meanwhile */
    private static void takeOver(HostFiles files, String app, String content, Predicate<Owner> dead)
            throws IOException {
        Optional<StoredFile> file = files.read(path(app));
        if (file.isPresent()) {
            Optional<Owner> holder = parse(file.get().content());
            boolean over = file.get().age().compareTo(DURATION) > 0
                    || holder.map(dead::test).orElse(false);
            if (!over) {
                throw new Locked(holder, file.get().age());
            }
        }
        if (!files.compareAndSet(path(app), file.map(StoredFile::content), Optional.of(content))) {
            throw new Locked(holder(files, app), Duration.ZERO);
        }
    }

    /** Who holds the lock now, dead or alive. */
    public static Optional<Owner> holder(HostFiles files, String app) {
        try {
            return files.read(path(app)).flatMap(file -> parse(file.content()));
        } catch (IOException broken) {
            throw new LockUnavailable(path(app), broken);
        }
    }

    /** Takes the lock away from whoever holds it. Only for a person who knows that the owner is gone. */
    public static void breakLock(HostFiles files, String app) {
        try {
            files.remove(path(app));
        } catch (IOException broken) {
            throw new LockUnavailable(path(app), broken);
        }
    }

    /**
     * Renews the lease.
     *
     * @throws LeaseLost when somebody else has taken the lock over; nothing may be changed from then on
     */
    public void renew() {
        try {
            String renewed = parse(content).map(Owner::renewed).map(Json::write).orElse(content);
            if (!files.compareAndSet(path, Optional.of(content), Optional.of(renewed))) {
                Optional<String> found = files.read(path).map(StoredFile::content);
                // a renewal whose answer was lost has taken effect all the same
                if (!found.equals(Optional.of(renewed))) {
                    throw new LeaseLost(found.flatMap(Lease::parse));
                }
            }
            content = renewed;
        } catch (IOException broken) {
            throw new LockUnavailable(path, broken);
        }
    }

    /** Gives the lock back, unless somebody else has taken it over. */
    @Override
    public void close() {
        try {
            files.compareAndSet(path, Optional.of(content), Optional.empty());
        } catch (IOException broken) {
            throw new LockUnavailable(path, broken);
        }
    }

    private static String path(String app) {
        return "apps/" + app + "/lock";
    }

    private static Optional<Owner> parse(String content) {
        try {
            return Optional.of(Json.read(content, Owner.class));
        } catch (MalformedJson foreign) {
            return Optional.empty();
        }
    }
}
