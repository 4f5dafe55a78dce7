package dev.portolan.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.setup.Rights;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Path OWN = Path.of("/etc/apt/sources.list.d/debian.sources");
    private static final Path OTHER = Path.of("/etc/apt/sources.list.d/other.list");
    private static final Path OLD = Path.of("/etc/apt/sources.list");

    @Test
    void theDistributionsOwnSourcesAreEnough() {
        Bootstrap bootstrap = Bootstrap.of(
                "bookworm",
                Map.of(
                        OWN, List.of("Types: deb", "Suites: bookworm bookworm-updates"),
                        OTHER, List.of("deb https://packages.example bookworm main"),
                        OLD, List.of("# moved: deb http://mirror.example bookworm main")),
                List.of());
        assertThat(bootstrap.sources()).containsExactly(OWN);
    }

    @Test
    void otherSourcesOfTheSameReleaseDoWhereItsOwnCannotBeTold() {
        Bootstrap bootstrap = Bootstrap.of(
                "noble",
                Map.of(
                        OTHER,
                        List.of("deb http://mirror.example noble main universe"),
                        Path.of("/etc/apt/sources.list.d/tool.list"),
                        List.of("deb http://tool.example noble-tool main")),
                List.of());
        assertThat(bootstrap.sources()).containsExactly(OTHER);
    }

    @Test
    void aptReachesThePackagesAsOnThisMachine() {
        Bootstrap bootstrap = Bootstrap.of(
                "bookworm",
                Map.of(),
                List.of(
                        "Acquire::http::Proxy \"http://10.0.0.1:3142\";",
                        "Acquire::https::Verify-Peer \"false\";",
                        "Acquire::Check-Valid-Until \"false\";",
                        "Acquire::Languages \"de\";",
                        "Acquire::http \"\";",
                        "DPkg::Post-Invoke:: \"rm -f /var/cache/apt/archives/*.deb\";"));
        assertThat(bootstrap.options())
                .containsExactly(
                        "Acquire::http::Proxy \"http://10.0.0.1:3142\";",
                        "Acquire::https::Verify-Peer \"false\";",
                        "Acquire::Check-Valid-Until \"false\";");
    }

    @Test
    void theCommandIsExactlyThis() {
        Bootstrap bootstrap = new Bootstrap("bookworm", List.of(OWN), List.of("Acquire::Retries \"3\";"));
        assertThat(bootstrap.command(
                        EnumSet.allOf(DemoImage.class), Optional.empty(), Rights.SUDO, Path.of("/state/packages.tar")))
                .hasToString("sudo -n mmdebstrap --quiet --format=tar --variant=extract --mode=root"
                        + " --include=base-passwd,bash,coreutils,dash,haproxy,libc-bin,memcached,postgresql,python3,"
                        + "python3-psycopg2,util-linux"
                        + " '--aptopt=Apt::Install-Recommends \"false\"' '--aptopt=Acquire::Languages \"none\"'"
                        + " '--aptopt=Acquire::Retries \"3\";'"
                        + " '--extract-hook=cd \"$1\" && rm -rf usr/share/doc/* usr/share/man/* usr/share/info/*"
                        + " usr/share/locale/* usr/share/i18n/* usr/share/perl* usr/lib/*/perl* usr/lib/*/gconv/*"
                        + " usr/lib/*/libLLVM* usr/lib/llvm* usr/lib/postgresql/*/lib/bitcode/*"
                        + " usr/lib/postgresql/*/lib/llvmjit*'"
                        + " bookworm /state/packages.tar /etc/apt/sources.list.d/debian.sources");
        assertThat(bootstrap
                        .command(
                                EnumSet.of(DemoImage.HAPROXY),
                                Optional.empty(),
                                Rights.NONE,
                                Path.of("/state/packages.tar"))
                        .toString())
                .startsWith("mmdebstrap ")
                .contains(" --mode=unshare --include=base-passwd,bash,coreutils,dash,haproxy,libc-bin,util-linux ");
    }

    @Test
    void aWholeMachineIsMadeInMemoryWhereThereIsEnough() {
        Bootstrap bootstrap = new Bootstrap("bookworm", List.of(OWN), List.of());
        assertThat(bootstrap.machine(
                        List.of("systemd-sysv", "docker.io"),
                        List.of("usr/share/doc", "usr/lib/*/perl"),
                        Optional.of(Path.of("/dev/shm")),
                        Rights.SUDO,
                        Path.of("/state/host-packages.tar")))
                .hasToString(
                        "sudo -n env TMPDIR=/dev/shm mmdebstrap --quiet --format=tar --variant=essential --mode=root"
                                + " --include=systemd-sysv,docker.io"
                                + " '--aptopt=Apt::Install-Recommends \"false\"' '--aptopt=Acquire::Languages \"none\"'"
                                + " '--customize-hook=cd \"$1\" && rm -rf usr/share/doc usr/lib/*/perl'"
                                + " bookworm /state/host-packages.tar /etc/apt/sources.list.d/debian.sources");
    }
}
