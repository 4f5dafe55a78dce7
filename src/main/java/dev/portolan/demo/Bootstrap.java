package dev.portolan.demo;

import dev.portolan.model.Fingerprint;
import dev.portolan.setup.Command;
import dev.portolan.setup.Rights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The command that writes a root file system of the distribution's packages as a tar archive. Packages are only unpacked, not
 * configured, which takes half the time; what the demo needs of their scripts is in {@code prepare}. Pure.
 *
 * @param codename of the distribution's release, such as {@code bookworm}
 * @param sources files that tell apt where packages are
 * @param options lines of apt's own configuration, such as {@code Acquire::http::Proxy "http://10.0.0.1:3142";}
 */
record Bootstrap(String codename, List<Path> sources, List<String> options) {
    /** The tool's package and program. */
    static final String TOOL = "mmdebstrap";

    /** What every image needs. */
    private static final List<String> COMMON =
            List.of("base-passwd", "bash", "coreutils", "dash", "libc-bin", "util-linux");

    /** What would only make the image larger, such as PostgreSQL's compiler and the Perl of tools that nobody calls. */
    private static final List<String> LEFT_OUT = List.of(
            "/usr/share/doc/*",
            "/usr/share/man/*",
            "/usr/share/info/*",
            "/usr/share/locale/*",
            "/usr/share/i18n/*",
            "/usr/share/perl*",
            "/usr/lib/*/perl*",
            "/usr/lib/*/gconv/*",
            "/usr/lib/*/libLLVM*",
            "/usr/lib/llvm*",
            "/usr/lib/postgresql/*/lib/bitcode/*",
            "/usr/lib/postgresql/*/lib/llvmjit*");

    /** How this machine reaches the packages, and what it accepts. */
    private static final Predicate<String> RELEVANT =
            Pattern.compile("Acquire::(https?::.+|Check-.+|Retries) \".+\";").asMatchPredicate();

    Bootstrap {
        sources = List.copyOf(sources);
        options = List.copyOf(options);
    }

    /**
     * @param sourceFiles by path: what tells apt where packages are
     * @param configuration what {@code apt-config dump} writes
     */
    static Bootstrap of(String codename, Map<Path, List<String>> sourceFiles, Collection<String> configuration) {
        Predicate<String> named =
                Pattern.compile("(^|\\s)" + Pattern.quote(codename) + "(\\s|$)").asPredicate();
        List<Path> fitting = sourceFiles.entrySet().stream()
                .filter(file -> file.getValue().stream()
                        .filter(line -> !line.startsWith("#"))
                        .anyMatch(named))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        // Other vendors name the same release; the distribution's own file does without them, where it can be told
        List<Path> own = fitting.stream()
                .filter(file -> List.of("debian.sources", "ubuntu.sources", "sources.list")
                        .contains(file.getFileName().toString()))
                .toList();
        return new Bootstrap(
                codename,
                own.isEmpty() ? fitting : own,
                configuration.stream().filter(RELEVANT).toList());
    }

    /** Names what the archive for these images holds, apart from the versions of the packages. */
    String contentHash(Set<DemoImage> images) {
        return Fingerprint.of(codename + packages(images) + LEFT_OUT).substring(0, 12);
    }

    private static Set<String> packages(Set<DemoImage> images) {
        Set<String> packages = new TreeSet<>(COMMON);
        images.forEach(image -> packages.addAll(image.packages()));
        return packages;
    }

    /** Writes the archive for these images to a file. */
    Command command(Set<DemoImage> images, Rights rights, Path archive) {
        List<String> words = new ArrayList<>(List.of(
                TOOL,
                "--quiet",
                "--format=tar",
                "--variant=extract",
                "--mode=" + (rights == Rights.NONE ? "unshare" : "root"),
                "--include=" + String.join(",", packages(images)),
                "--aptopt=Apt::Install-Recommends \"false\"",
                "--aptopt=Acquire::Languages \"none\""));
        options.forEach(option -> words.add("--aptopt=" + option));
        LEFT_OUT.forEach(pattern -> words.add("--dpkgopt=path-exclude=" + pattern));
        words.add(codename);
        words.add(archive.toString());
        sources.forEach(file -> words.add(file.toString()));
        return rights == Rights.NONE ? new Command(words, Map.of()) : rights.command(words.toArray(String[]::new));
    }
}
