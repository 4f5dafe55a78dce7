import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A step of the build: makes the caches of loaded and linked classes that Java starts from. It runs the commands of a folder's
 * {@code commands.txt} and lets Java record what they load: those of {@code training} for {@code target/portolan.aot}, and those of
 * {@code training-config} for {@code target/portolan-config.aot}, since Java loads all classes of a cache at its start, and
 * {@code config} needs few of them. Portolan works without a cache, only slower to start, so a failure here is a warning. Arguments:
 * the build's target folder and this file's folder.
 */
class StartupCache {
    /** Java's cache leaves out classes older than this: they have no stack maps, so it cannot verify them ahead of time. */
    private static final int OLDEST_CACHED = ClassFile.JAVA_6_VERSION;

    private static final String OLD_CLASSES = "picocli-"; // Java 5; it is on the path of every command

    private static final String OF_ALL = "portolan.aot";
    private static final String OF_CONFIG = "portolan-config.aot";

    public static void main(String[] arguments) throws InterruptedException {
        Path target = Path.of(arguments[0]).toAbsolutePath();
        try {
            Files.deleteIfExists(target.resolve(OF_ALL));
            Files.deleteIfExists(target.resolve(OF_CONFIG));
            try (var libraries = Files.newDirectoryStream(target.resolve("lib"), OLD_CLASSES + "*.jar")) {
                for (Path library : libraries) {
                    modernize(library);
                }
            }
            Path temporary = Files.createTempDirectory("portolan-training"); // short, for the socket in it
            try (PretendEngine engine = PretendEngine.at(temporary.resolve("engine.sock"))) {
                train(target, OF_ALL, Path.of(arguments[1], "training"), temporary);
                train(target, OF_CONFIG, Path.of(arguments[1], "training-config"), temporary);
            } finally {
                delete(temporary);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException problem) {
            System.err.println("[WARNING] no start-up cache, so commands start slower: " + problem);
        }
    }

    /** Rewrites a jar's old classes as Java 8 ones. Times and order stay, so the same build gives the same jar. */
    private static void modernize(Path library) throws IOException {
        Path rewritten = library.resolveSibling(library.getFileName() + ".new");
        try (ZipFile jar = new ZipFile(library.toFile());
                ZipOutputStream output = new ZipOutputStream(Files.newOutputStream(rewritten))) {
            ClassFile format = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing(type -> classOf(jar, type.descriptorString()))
                                    .orElse(ClassHierarchyResolver.defaultResolver())
                                    .cached()));
            for (ZipEntry entry : Collections.list(jar.entries())) {
                byte[] content = jar.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class")) {
                    content = modernize(format, content);
                }
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                output.putNextEntry(copy);
                output.write(content);
            }
        }
        Files.move(rewritten, library, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] modernize(ClassFile format, byte[] content) {
        ClassModel old = format.parse(content);
        if (old.majorVersion() >= OLDEST_CACHED) {
            return content;
        }
        return format.build(old.thisClass().asSymbol(), builder -> {
            builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            for (ClassElement element : old) {
                switch (element) {
                    case ClassFileVersion _ -> {}
                    // Code is built anew, element by element: only then are stack maps made for it
                    case MethodModel method ->
                        builder.transformMethod(
                                method, MethodTransform.transformingCode((code, instruction) -> code.with(instruction)));
                    default -> builder.with(element);
                }
            }
        });
    }

    private static InputStream classOf(ZipFile jar, String descriptor) {
        try {
            ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void train(Path target, String name, Path folder, Path temporary)
            throws IOException, InterruptedException {
        Path cache = target.resolve(name);
        Path log = target.resolve(name + ".log");
        // The options that shape the heap and the code must be those of the launcher
        ProcessBuilder training = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:AOTCacheOutput=" + cache,
                        // What was compiled here is not to be compiled at each start: most commands are done before
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:+IgnoreUnrecognizedVMOptions",
                        "-XX:-AOTRecordTraining",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Djdk.reflect.useNativeAccessorOnly=true",
                        "-cp",
                        target.resolve("portolan.jar").toString(),
                        "dev.portolan.Training",
                        folder.toAbsolutePath().toString(),
                        temporary.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        training.environment().put("DOCKER_HOST", "unix://" + temporary.resolve("engine.sock"));
        training.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = training.start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException("the training took too long; see " + log);
        }
        if (process.exitValue() != 0 || !Files.exists(cache)) {
            Files.deleteIfExists(cache);
            throw new IOException("the training ended with " + process.exitValue() + ": "
                    + Files.readString(log, UTF_8).strip());
        }
    }
}
