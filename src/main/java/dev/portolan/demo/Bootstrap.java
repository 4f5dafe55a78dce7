package dev.portolan.demo;

import dev.portolan.model.Fingerprint;
import dev.portolan.setup.Command;
import dev.portolan.setup.Machine;
import dev.portolan.setup.Rights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The command that writes a root file system of the distribution's packages as a tar archive. Pure.
 *
 * @param codename of the distribution's release, such as {@code bookworm}
 * @param sources files that tell apt where packages are
 * @param options lines of apt's own configuration, such as {@code Acquire::http::Proxy "http://10.0.0.1:3142";}
 */
public record Bootstrap(String codename, List<Path> sources, List<String> options) {
    /** The tool's package and program. */
    public static final String TOOL = "mmdebstrap";

    private static final Path APT = Path.of("/etc/apt");
    private static final Path OPERATING_SYSTEM = Path.of("/etc/os-release");
    private static final String CODENAME = "VERSION_CODENAME=";

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

    public Bootstrap {
        sources = List.copyOf(sources);
        options = List.copyOf(options);
    }

    /** Of the packages of this machine's distribution, reached as this machine reaches them. */
    public static Bootstrap of(Machine machine) {
        return of(
                codename(machine),
                sourceFiles(machine),
                machine.run(Command.of("apt-config", "dump")).output());
    }

    private static String codename(Machine machine) {
        return machine.tail(OPERATING_SYSTEM, Integer.MAX_VALUE).stream()
                .filter(line -> line.startsWith(CODENAME))
                .map(line -> line.substring(CODENAME.length()).replace("\"", ""))
                .findFirst()
                .orElse("");
    }

    private static Map<Path, List<String>> sourceFiles(Machine machine) {
        Map<Path, List<String>> files = new HashMap<>();
        Stream.concat(Stream.of(APT.resolve("sources.list")), machine.files(APT.resolve("sources.list.d")).stream())
                .filter(file ->
                        file.toString().endsWith(".list") || file.toString().endsWith(".sources"))
                .forEach(file -> files.put(file, machine.tail(file, Integer.MAX_VALUE)));
        return files;
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

    /**
     * Writes the archive for these images to a file. Packages are only unpacked, not configured, which takes half the time; what the
     * demo needs of their scripts is in {@code prepare}.
     *
     * @param temporary where the tool works, if not where it would by itself
     */
    Command command(Set<DemoImage> images, Optional<Path> temporary, Rights rights, Path archive) {
        List<String> leftOut =
                LEFT_OUT.stream().map(pattern -> pattern.substring(1)).toList();
        return command(temporary, "extract", packages(images), remove("extract", leftOut), rights, archive);
    }

    /**
     * Writes the archive of a whole machine to a file, with packages that are configured.
     *
     * @param leftOut patterns of what is taken away again, without a slash at the beginning
     * @param temporary where the tool works, if not where it would by itself
     */
    public Command machine(
            Collection<String> packages,
            Collection<String> leftOut,
            Optional<Path> temporary,
            Rights rights,
            Path archive) {
        return command(temporary, "essential", packages, remove("customize", leftOut), rights, archive);
    }

    /** Once it is there: to leave something out the tool starts a filter for each package, which takes longer than all the rest. */
    private static String remove(String moment, Collection<String> leftOut) {
        return "--" + moment + "-hook=cd \"$1\" && rm -rf " + String.join(" ", leftOut);
    }

    private Command command(
            Optional<Path> temporary,
            String variant,
            Collection<String> packages,
            String hook,
            Rights rights,
            Path archive) {
        List<String> words = new ArrayList<>();
        temporary.ifPresent(folder -> words.addAll(List.of("env", "TMPDIR=" + folder)));
        words.addAll(List.of(
                TOOL,
                "--quiet",
                "--format=tar",
                "--variant=" + variant,
                "--mode=" + (rights == Rights.NONE ? "unshare" : "root"),
                "--include=" + String.join(",", packages),
                "--aptopt=Apt::Install-Recommends \"false\"",
                "--aptopt=Acquire::Languages \"none\""));
        options.forEach(option -> words.add("--aptopt=" + option));
        words.add(hook);
        words.add(codename);
        words.add(archive.toString());
        sources.forEach(file -> words.add(file.toString()));
        return rights == Rights.NONE ? new Command(words, Map.of()) : rights.command(words.toArray(String[]::new));
    }
}
