package dev.portolan.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.host.HostFiles;
import dev.portolan.host.local.LocalHost;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

    @TempDir
    Path folder;

    private HostFiles files;

    @BeforeEach
    void open() {
        files = new LocalHost(folder, "/nowhere").files();
    }

    @Test
    void aHeldLockIsRefusedToAnyoneElseAndSaysWhoHasIt() {
        take("ann");

        assertThatThrownBy(() -> take("bob"))
                .isInstanceOf(Locked.class)
                .hasMessageStartingWith("the app is locked by ann for deploy since 2026-11-24T12:00:00Z");
    }

    @Test
    void aLockThatWasGivenBackIsFree() {
        take("ann").close();

        take("bob");
    }

    @Test
    void aLockThatNobodyRenewedIsTakenOver() throws Exception {
        Lease ann = take("ann");
        Files.setLastModifiedTime(
                folder.resolve("apps/shop/lock"), FileTime.from(Instant.now().minusSeconds(31)));

        take("bob");

        assertThatThrownBy(ann::renew).isInstanceOf(LeaseLost.class).hasMessageStartingWith("the lock was lost to bob");
    }

    @Test
    void aLockOfADeadProcessIsTakenOverAtOnce() {
        take("ann");

        Lease.take(files, "shop", owner("bob"), owner -> owner.who().equals("ann"));

        assertThat(Lease.holder(files, "shop")).map(Lease.Owner::who).contains("bob");
    }

    @Test
    void aRenewedLeaseIsStillTheOwners() {
        Lease ann = take("ann");

        ann.renew();
        ann.renew();

        assertThat(Lease.holder(files, "shop")).map(Lease.Owner::renewal).contains(2L);
        ann.close();
        assertThat(Lease.holder(files, "shop")).isEmpty();
    }

    @Test
    void aRenewalWhoseAnswerWasLostIsTheOwnersAllTheSame() {
        AtomicBoolean losing = new AtomicBoolean();
        Lease ann = Lease.take(losingAnswers(losing), "shop", owner("ann"), owner -> false);
        losing.set(true);
        assertThatThrownBy(ann::renew).isInstanceOf(LockUnavailable.class);

        ann.renew();
        ann.renew();

        assertThat(Lease.holder(files, "shop")).map(Lease.Owner::renewal).contains(2L);
    }

    @Test
    void givingBackALostLockLeavesTheNewOwnersAlone() {
        Lease ann = take("ann");
        Lease.breakLock(files, "shop");
        take("bob");

        ann.close();

        assertThat(Lease.holder(files, "shop")).map(Lease.Owner::who).contains("bob");
    }

    @Test
    void onlyOneOfManyWhoTryAtOnceGetsTheLock() throws Exception {
        List<Callable<Boolean>> tries = new ArrayList<>();
        for (int person = 0; person < 16; person++) {
            String name = "person-" + person;
            tries.add(() -> {
                try {
                    take(name);
                    return true;
                } catch (Locked locked) {
                    return false;
                }
            });
        }
        int taken = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> attempt : threads.invokeAll(tries)) {
                taken += attempt.get() ? 1 : 0;
            }
        }
        assertThat(taken).isEqualTo(1);
    }

    /** Files whose next exchange takes effect and says that it failed. */
    private HostFiles losingAnswers(AtomicBoolean losing) {
        return (HostFiles) Proxy.newProxyInstance(
                LeaseTest.class.getClassLoader(), new Class<?>[] {HostFiles.class}, (self, method, arguments) -> {
                    Object answer = method.invoke(files, arguments);
                    if (method.getName().equals("compareAndSet") && losing.getAndSet(false)) {
                        throw new IOException("the answer was lost");
                    }
                    return answer;
                });
    }

    private Lease take(String who) {
        return Lease.take(files, "shop", owner(who), owner -> false);
    }

    private static Lease.Owner owner(String who) {
        return new Lease.Owner(who + "-token", who, "laptop", 7, "deploy", Instant.parse("2026-11-24T12:00:00Z"), 0);
    }
}
