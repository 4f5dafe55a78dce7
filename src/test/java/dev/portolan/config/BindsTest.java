package dev.portolan.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.DataFolder;
import dev.portolan.model.DataFolder.Seed;
import dev.portolan.model.Fingerprint;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.SourceLocation;
import dev.portolan.model.Workload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindsTest {
    @TempDir
    Path path = Path.of("");

    private AppFolder app(String... mounts) {
        return new AppFolder(path)
                .with("portolan.yml", AppFolder.TWO_REGIONS + "routes: []\n")
                .with(
                        "compose.yaml",
                        "services: { it: { image: it, volumes: [" + String.join(", ", mounts) + "] } }\n");
    }

    /** Kind, source and {@code ro} of each mount; digests are shown as such. */
    private static List<String> mounts(AppFolder app) {
        return app.service("dublin", "it").container().storage().mounts().stream()
                .map(mount -> mount.kind() + " "
                        + (mount.kind() == Mount.Kind.FILES ? "digest" : mount.source())
                        + (mount.readOnly() ? " ro" : ""))
                .toList();
    }

    private static Workload workload(AppFolder app) {
        return app.read().desired().workload("dublin");
    }

    private static List<String> names(Stream<String> names) {
        return names.toList();
    }

    @Test
    void aFileTravelsAndAFolderDoesSoOnlyWhenNobodyWritesToIt() {
        AppFolder app = app("./nginx.conf:/a:ro", "./nginx.conf:/b", "./conf:/c:ro", "./html:/d", "./none:/e")
                .with("nginx.conf", "listen 80")
                .with("conf/a.conf", "")
                .with("html/index.html", "");

        assertThat(mounts(app))
                .containsExactly("FILES digest ro", "FILES digest ro", "FILES digest ro", "DATA html", "DATA none");
        assertThat(names(workload(app).files().stream().map(ReleaseFiles::name)))
                .containsExactly("nginx.conf", "conf");
        assertThat(names(workload(app).folders().stream().map(DataFolder::name)))
                .containsExactly("html", "none");
    }

    @Test
    void pathsOfTheHostStayPathsOfTheHost() {
        AppFolder app = app("/var/run/docker.sock:/a", "/etc/localtime:/b:ro", "~/.aws:/c:ro", "../beside:/d");
        app.environment.put("HOME", "/home/ann");

        assertThat(mounts(app))
                .containsExactly(
                        "BIND /var/run/docker.sock",
                        "BIND /etc/localtime ro",
                        "BIND /home/ann/.aws ro",
                        "BIND " + path.resolveSibling("beside"));
        assertThat(workload(app).files()).isEmpty();
        assertThat(workload(app).folders()).isEmpty();
        assertThat(app.problems()).isEmpty();
    }

    @Test
    void aConfigOrASecretThatIsAFolderTravels() {
        AppFolder app = new AppFolder(path.resolve("shop"))
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                .with("compose.yaml", """
                        services:
                          it: { image: it, configs: [{ source: site, target: /etc/site }], secrets: [{ source: keys, mode: 0440 }] }
                        configs: { site: { file: ./site } }
                        secrets: { keys: { file: ../keys } }
                        """)
                .with("site/a.conf", "a")
                .with("../keys/b.pem", "b");

        assertThat(mounts(app)).containsExactly("FILES digest ro", "FILES digest ro");
        assertThat(app.service("dublin", "it").container().storage().mounts())
                .extracting(Mount::target)
                .containsExactly("/etc/site", "/run/secrets/keys");
        assertThat(app.service("dublin", "it").container().storage().files()).isEmpty();
        assertThat(names(workload(app).files().stream().map(ReleaseFiles::text)))
                .containsExactly("./site", "../keys");
        assertThat(app.problems())
                .containsExactly(
                        "compose.yaml:2:78: secrets/keys: \"uid\", \"gid\" and \"mode\" have no effect on content"
                                + " that comes from a file, as in Docker Compose; remove them, and give the file itself the owner and"
                                + " the mode");
    }

    @Test
    void anAbsolutePathIntoTheProjectIsThatOfTheProject() throws IOException {
        AppFolder app = app("'${PWD}/nginx.conf:/a:ro'").with("nginx.conf", "");
        app.environment.put("PWD", path.toRealPath().toString());

        assertThat(mounts(app)).containsExactly("FILES digest ro");
    }

    @Test
    void whatOneWritesAndAnotherReadsIsDataForBoth() {
        AppFolder app = new AppFolder(path)
                .with("portolan.yml", AppFolder.ONE_REGION + "routes: []\n")
                .with("compose.yaml", """
                        services:
                          it: { image: it, volumes: ["./certs:/etc/certs:ro", "./certs/live/a.pem:/a.pem:ro"] }
                          bot: { image: bot, volumes: ["./certs:/certs"] }
                        """)
                .with("certs/live/a.pem", "");

        assertThat(mounts(app)).containsExactly("DATA certs ro", "DATA certs/live/a.pem ro");
        assertThat(names(workload(app).folders().stream().map(DataFolder::name)))
                .containsExactly("certs");
    }

    @Test
    void whoMountsTheWholeProjectMakesNoDataOfWhatIsOnlyRead() {
        AppFolder app = app(".:/app", "./conf:/conf:ro", "./nginx.conf:/nginx.conf:ro", "./tmp:/tmp")
                .with("conf/a", "")
                .with("nginx.conf", "")
                .with("tmp/a", "");

        assertThat(mounts(app)).containsExactly("DATA ", "FILES digest ro", "FILES digest ro", "DATA tmp");
        assertThat(names(workload(app).folders().stream().map(DataFolder::name)))
                .containsExactly("");
    }

    @Test
    void dataInsideOfAFolderThatTravelsStaysOut() {
        AppFolder app = app("./site:/site:ro", "./site/cache:/cache")
                .with("site/index.html", "")
                .with("site/cache/a", "1");

        ReleaseFiles site = workload(app).files().getFirst();

        assertThat(site.without()).containsExactly("cache");
        assertThat(site.parts().keySet()).containsExactlyInAnyOrder("", "index.html");
    }

    @Test
    void whatIsCarriedAndWhatIsKeptIsExactlyThis() throws IOException {
        AppFolder app = app("./motd:/motd:ro", "./html:/html", "./none:/none")
                .with("motd", "hello")
                .with("html/a", "");
        String line = "file 644 " + Fingerprint.of("hello");
        String digest = Fingerprint.of("\0" + line + "\0");
        Workload found = workload(app);

        assertThat(found.files())
                .containsExactly(new ReleaseFiles(
                        digest,
                        "motd",
                        path.resolve("motd").toString(),
                        List.of(),
                        java.util.Map.of("", Fingerprint.of(line).substring(0, 12))));
        assertThat(found.service("it")
                        .orElseThrow()
                        .container()
                        .storage()
                        .mounts()
                        .getFirst())
                .isEqualTo(new Mount(Mount.Kind.FILES, digest, "/motd", true));
        assertThat(found.folders().get(1)).isEqualTo(new DataFolder("none", new Seed.Nothing()));
        assertThat(found.folders().getFirst().seed()).isInstanceOf(Seed.Files.class);
    }

    @Test
    void aChangedFileIsAnotherServiceAndAnotherReleaseAndChangedDataIsNot() {
        AppFolder app =
                app("./motd:/motd:ro", "./html:/html").with("motd", "hello").with("html/a", "1");
        String service = app.service("dublin", "it").hash();
        String release = app.read().desired().release().value();

        app.with("html/a", "2");
        assertThat(app.service("dublin", "it").hash()).isEqualTo(service);
        assertThat(app.read().desired().release().value()).isEqualTo(release);

        app.with("motd", "good bye");
        assertThat(app.service("dublin", "it").hash()).isNotEqualTo(service);
        assertThat(app.read().desired().release().value()).isNotEqualTo(release);
    }

    @Test
    void twoCheckoutsOfTheSameProjectAreTheSameRelease(@TempDir Path other) {
        AppFolder here =
                app("./motd:/motd:ro", "./html:/html").with("motd", "hello").with("html/a", "1");
        AppFolder there = new AppFolder(other)
                .with("portolan.yml", AppFolder.TWO_REGIONS + "routes: []\n")
                .with("compose.yaml", "services: { it: { image: it, volumes: [./motd:/motd:ro, ./html:/html] } }\n")
                .with("motd", "hello");

        assertThat(there.read().desired().release())
                .isEqualTo(here.read().desired().release());
    }

    @Test
    void whatMaySurpriseIsSaid() {
        assertThat(app("./nginx.conf:/a", "./gone.conf:/b", "./gone:/c:ro", "./data:/d")
                        .with("nginx.conf", "")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:40: services/it/volumes: ./nginx.conf travels with each release, and is mounted"
                                + " read-only; add :ro to say so; mount its folder instead if the service writes to it",
                        "compose.yaml:1:57: services/it/volumes: there is no ./gone.conf; the service gets an empty folder;"
                                + " make it, or correct the path",
                        "compose.yaml:1:73: services/it/volumes: there is no ./gone; the service gets an empty folder; make"
                                + " it, or correct the path");
    }

    @Test
    void whatIsMissingAndMayNotBeMadeIsAProblem() {
        assertThat(app("{ type: bind, source: ./gone, target: /a, bind: { create_host_path: false } }")
                        .problems())
                .containsExactly(
                        "compose.yaml:1:40: services/it/volumes: there is no ./gone; make it, correct the path,"
                                + " or set create_host_path: true");
    }

    @Test
    void whatIsTooLargeOrNoFileIsAProblem() throws Exception {
        Files.createDirectories(path.resolve("big"));
        try (var large = new RandomAccessFile(path.resolve("big/file").toFile(), "rw")) {
            large.setLength((64 << 20) + 1);
        }
        assertThat(new ProcessBuilder("mkfifo", path.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(app("./big:/big:ro", "./pipe:/pipe").problems())
                .contains(
                        "compose.yaml:1:40: services/it/volumes: ./big is more than the 64 MiB that are copied to a host;"
                                + " put it into the image, or mount a named volume or a folder outside of the project's"
                                + " instead",
                        "compose.yaml:1:55: services/it/volumes: ./pipe cannot be copied: "
                                + path.toRealPath().resolve("pipe").toString().replace(path.toString(), "FOLDER")
                                + " is a socket, a pipe or a device; put it into the image, or mount a named volume or a"
                                + " folder outside of the project's instead");
    }

    @Test
    void dataThatIsTooLargeToBeginWithIsNoProblemOfTheConfiguration() throws IOException {
        AppFolder app = app("./big:/big");
        Files.createDirectories(path.resolve("big"));
        try (var large = new RandomAccessFile(path.resolve("big/file").toFile(), "rw")) {
            large.setLength((64 << 20) + 1);
        }

        assertThat(workload(app).folders())
                .containsExactly(new DataFolder(
                        "big",
                        new Seed.Unfit(
                                "is more than the 64 MiB that are copied to a host",
                                new SourceLocation("compose.yaml", 1, 40))));
    }
}
