package dev.portolan.testing;

import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.ContainerSpec.Logging;
import dev.portolan.model.ContainerSpec.Mount;
import dev.portolan.model.ContainerSpec.NetworkAttachment;
import dev.portolan.model.ContainerSpec.Networking;
import dev.portolan.model.ContainerSpec.ProcessSpec;
import dev.portolan.model.ContainerSpec.PublishedPort;
import dev.portolan.model.ContainerSpec.Resources;
import dev.portolan.model.ContainerSpec.Security;
import dev.portolan.model.ContainerSpec.Storage;
import dev.portolan.model.HealthTest;
import dev.portolan.model.ImageSource;
import dev.portolan.model.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes container specifications for tests: everything has the engine's own default until it is said. */
public final class SpecBuilder {
    private final ImageSource image;
    private Optional<List<String>> command = Optional.empty();
    private Optional<HealthTest> healthTest = Optional.empty();
    private Optional<String> user = Optional.empty();
    private Optional<String> mode = Optional.of("none");
    private Resources resources = new Resources(0, 0, 0, 0, 0, Map.of(), Map.of());
    private Security security = new Security(false, List.of(), List.of(), List.of(), List.of(), List.of());
    private Optional<Boolean> init = Optional.of(true);
    private boolean tty;
    private boolean stdinOpen;
    private boolean readOnly;
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> labels = new TreeMap<>();
    private final Map<String, String> tmpfs = new TreeMap<>();
    private final List<NetworkAttachment> attachments = new ArrayList<>();
    private final List<PublishedPort> ports = new ArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();
    private final List<FileInContainer> files = new ArrayList<>();

    private SpecBuilder(ImageSource image) {
        this.image = image;
    }

    /** A container without network that runs a command of an image that the engine has. */
    public static SpecBuilder of(String image, String... command) {
        var builder = new SpecBuilder(new ImageSource.Pulled(image, ""));
        builder.command = Optional.of(List.of(command));
        return builder;
    }

    public static SpecBuilder of(ImageSource image) {
        return new SpecBuilder(image);
    }

    public SpecBuilder shell(String script) {
        command = Optional.of(List.of("sh", "-c", script));
        return this;
    }

    public SpecBuilder environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public SpecBuilder label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    public SpecBuilder user(String name) {
        user = Optional.of(name);
        return this;
    }

    public SpecBuilder health(Duration interval, String... test) {
        healthTest = Optional.of(new HealthTest(List.of(test), interval, Duration.ofSeconds(2), 2, Duration.ZERO));
        return this;
    }

    public SpecBuilder network(String network, String... aliases) {
        mode = Optional.empty();
        attachments.add(new NetworkAttachment(network, List.of(aliases)));
        return this;
    }

    public SpecBuilder hostNetwork() {
        mode = Optional.of("host");
        return this;
    }

    public SpecBuilder publish(PublishedPort port) {
        ports.add(port);
        return this;
    }

    public SpecBuilder mount(Mount mount) {
        mounts.add(mount);
        return this;
    }

    public SpecBuilder tmpfs(String target, String options) {
        tmpfs.put(target, options);
        return this;
    }

    /** The content is given to the engine beside the specification. */
    public SpecBuilder file(String target, int fileMode, int owner, int group) {
        files.add(new FileInContainer(target, new FileSource.Inline(""), "", fileMode, owner, group));
        return this;
    }

    /** The command is the first process itself, with no small init before it. */
    public SpecBuilder withoutInit() {
        init = Optional.of(false);
        return this;
    }

    public SpecBuilder readOnly() {
        readOnly = true;
        return this;
    }

    public SpecBuilder terminal() {
        tty = true;
        stdinOpen = true;
        return this;
    }

    public SpecBuilder stdinOpen() {
        stdinOpen = true;
        return this;
    }

    public SpecBuilder resources(Resources limits) {
        resources = limits;
        return this;
    }

    public SpecBuilder security(Security rights) {
        security = rights;
        return this;
    }

    public ContainerSpec build() {
        var process = new ProcessSpec(
                command,
                Optional.empty(),
                environment,
                user,
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(1),
                init,
                tty,
                stdinOpen,
                stdinOpen && !tty,
                List.of());
        var networking = new Networking(attachments, mode, ports, List.of(), Optional.empty(), List.of(), List.of());
        return new ContainerSpec(
                image,
                process,
                healthTest,
                networking,
                new Storage(mounts, files, tmpfs, readOnly),
                resources,
                security,
                labels,
                RestartPolicy.NEVER,
                new Logging("local", Map.of("max-size", "10m")));
    }
}
