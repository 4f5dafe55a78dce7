package dev.portolan.deploy;

import static dev.portolan.testing.Examples.release;
import static dev.portolan.testing.Examples.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.docker.ContainerEngine;
import dev.portolan.files.FileTree;
import dev.portolan.files.TreeReader;
import dev.portolan.fleet.Fleet;
import dev.portolan.fleet.Threads;
import dev.portolan.host.local.LocalHost;
import dev.portolan.host.local.LocalTrees;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.HostId;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.TrafficSettings;
import dev.portolan.model.UpdateOrder;
import dev.portolan.model.Workload;
import dev.portolan.proxy.HostProxy;
import dev.portolan.traffic.TrafficLayer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesOfReleasesTest {
    @TempDir
    Path folder = Path.of("");

    private LocalTrees trees() {
        return new LocalTrees(folder.resolve("files"), folder.resolve("data"));
    }

    private App app() {
        Fleet fleet = new Fleet() {
            @Override
            public void know(Collection<Host> known) {}

            @Override
            public HostAccess on(HostId host) {
                return new HostAccess(
                        none(ContainerEngine.class),
                        none(HostProxy.class),
                        new LocalHost(folder.resolve("state"), "/nonexistent").files(),
                        Set::of,
                        trees());
            }

            @Override
            public TrafficLayer traffic() {
                return none(TrafficLayer.class);
            }
        };
        return new App(
                "shop",
                new HostId("dublin", "local"),
                fleet,
                new Threads(),
                new LocalContents(Map.of()),
                App.Identity.ofThisProcess("test"));
    }

    private static <T> T none(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                FilesOfReleasesTest.class.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                }));
    }

    /** A release that brought a file. */
    private Desired brought(String id, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(id), content);
        FileTree.Fingerprinted tree = TreeReader.read(file, Set.of()).fingerprinted();
        trees().put(tree);
        Desired plain =
                release(List.of("dublin"), new TrafficSettings.None(), service("web", id, 1, UpdateOrder.START_FIRST));
        Workload workload = plain.workload("dublin");
        return new Desired(
                plain.app(),
                new ReleaseId(id.repeat(10)),
                plain.regions(),
                plain.primary(),
                plain.routes(),
                plain.rollout(),
                plain.traffic(),
                Map.of(
                        "dublin",
                        new Workload(
                                workload.project(),
                                workload.services(),
                                workload.networks(),
                                workload.volumes(),
                                List.of(new ReleaseFiles(tree.digest(), id, file.toString(), List.of(), Map.of())),
                                List.of())));
    }

    private static String digest(Desired release) {
        return release.workload("dublin").files().getFirst().digest();
    }

    @Test
    void whatNoKeptReleaseNeedsGoes() throws IOException {
        App app = app();
        Desired oldest = brought("a", "1");
        Desired kept = brought("b", "2");
        Desired newest = brought("c", "3");
        List.of(oldest, kept, newest).forEach(app.releases()::save);

        new FilesOfReleases(app).keepOnly(Set.of(kept.release(), newest.release()), List.of(newest));

        assertThat(trees().stored().contents()).containsExactlyInAnyOrder(digest(kept), digest(newest));
    }

    @Test
    void anAppWhoseFilesAreNoLongerMountedLosesThemWithItsReleases() throws IOException {
        App app = app();
        Desired old = brought("a", "1");
        Desired plain =
                release(List.of("dublin"), new TrafficSettings.None(), service("web", "2", 1, UpdateOrder.START_FIRST));
        app.releases().save(old);
        app.releases().save(plain);

        new FilesOfReleases(app).keepOnly(Set.of(old.release(), plain.release()), List.of(plain));
        assertThat(trees().stored().contents()).containsExactly(digest(old));

        new FilesOfReleases(app).keepOnly(Set.of(plain.release()), List.of(plain));
        assertThat(trees().stored().contents()).isEmpty();
    }
}
