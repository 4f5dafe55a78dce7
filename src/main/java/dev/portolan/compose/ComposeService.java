package dev.portolan.compose;

import dev.portolan.model.BlockDevices;
import dev.portolan.model.DeviceRequest;
import dev.portolan.model.EngineSettings;
import dev.portolan.model.Hooks;
import dev.portolan.model.MemoryPressure;
import dev.portolan.model.Namespaces;
import dev.portolan.model.Naming;
import dev.portolan.model.Processors;
import dev.portolan.model.SourceLocation;
import dev.portolan.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One entry of {@code services}. Its many keys are grouped by what they are about; each component bears Compose's word.
 *
 * @param image what it runs; when {@code build} is there too, what the built image is called
 * @param build how its image is built; this or {@code image} is always there
 * @param platform that its image is for, such as {@code linux/arm64}; if not the engine's own
 * @param pullPolicy {@code pull_policy}
 * @param process how its first process starts and stops
 * @param networking networks, ports, names
 * @param storage mounts and files
 * @param resources limits
 * @param security users and rights
 * @param labels the app's own labels
 * @param healthcheck overrides the image's own, if present
 * @param restart what {@code deploy.restart_policy} says, or {@code restart} where it says nothing; if given
 * @param logging if given
 * @param engine {@code runtime} and the like, if given
 * @param hooks {@code post_start} and {@code pre_stop}, if there are any
 * @param dependsOn {@code depends_on}, by service name; optional ones whose service is left out are left out too
 * @param deploy if given; {@code scale} is found here as {@code replicas}
 * @param profiles that let it in; empty for always
 * @param containerName {@code container_name}, which its container has from the commit of its release on; whoever attaches the
 *     container to its networks adds this as an alias, so that others find it by that name at any time
 * @param extensions its {@code x-} keys, as written
 * @param location of its name in the first file that has it
 * @param keyLocations where each of its keys was last set, by key
 */
public record ComposeService(
        String name,
        Optional<String> image,
        Optional<Build> build,
        Optional<String> platform,
        PullPolicy pullPolicy,
        ProcessSettings process,
        Networking networking,
        Storage storage,
        Resources resources,
        Security security,
        Map<String, String> labels,
        Optional<Healthcheck> healthcheck,
        Optional<Restart> restart,
        Optional<Logging> logging,
        Optional<EngineSettings> engine,
        Optional<Hooks> hooks,
        Map<String, ServiceDependency> dependsOn,
        Optional<Deploy> deploy,
        List<String> profiles,
        Optional<String> containerName,
        Map<String, YamlNode> extensions,
        SourceLocation location,
        Map<String, SourceLocation> keyLocations) {

    public ComposeService {
        labels = Ordered.copy(labels);
        dependsOn = Ordered.copy(dependsOn);
        profiles = List.copyOf(profiles);
        extensions = Ordered.copy(extensions);
        keyLocations = Ordered.copy(keyLocations);
    }

    /** Where a key such as {@code image} was set; where the service is, when it was not. */
    public SourceLocation location(String key) {
        return keyLocations.getOrDefault(key, location);
    }

    ComposeService withDependsOn(Map<String, ServiceDependency> given) {
        return new ComposeService(
                name,
                image,
                build,
                platform,
                pullPolicy,
                process,
                networking,
                storage,
                resources,
                security,
                labels,
                healthcheck,
                restart,
                logging,
                engine,
                hooks,
                given,
                deploy,
                profiles,
                containerName,
                extensions,
                location,
                keyLocations);
    }

    /** How many containers are asked for: 1 unless the file says otherwise. */
    public int replicas() {
        return deploy.map(Deploy::replicas).orElse(OptionalInt.empty()).orElse(1);
    }

    /** When the engine's registry is asked for an image. */
    public enum PullPolicy {
        ALWAYS,
        NEVER,
        /** Also {@code if_not_present}, and what Compose does when nothing is said. */
        MISSING,
        BUILD,
        /** {@code daily}, {@code weekly}, {@code every_12h}. */
        REFRESH
    }

    /**
     * @param command replaces the image's CMD, if present
     * @param entrypoint replaces the image's ENTRYPOINT, if present; an empty list clears it
     * @param environment in full: {@code env_file} below {@code environment}; variables without a value are taken from the
     *     environment of the command line, and are absent when it has none
     * @param unset variables of the image that it shall not have: those without a value
     * @param stopSignal if not the image's own
     * @param stopGracePeriod if not the engine's default of 10 seconds
     */
    public record ProcessSettings(
            Optional<List<String>> command,
            Optional<List<String>> entrypoint,
            Map<String, String> environment,
            List<String> unset,
            Optional<String> user,
            Optional<String> workingDir,
            Optional<String> stopSignal,
            Optional<Duration> stopGracePeriod,
            Optional<Boolean> init,
            boolean tty,
            boolean stdinOpen) {

        public ProcessSettings {
            environment = Ordered.copy(environment);
        }
    }

    /**
     * @param networkMode {@code host}, {@code none} and so on, if given; then {@code networks} is empty
     * @param networks by network key; never empty without a network mode
     * @param expose ports without publishing them, such as {@code 80} or {@code 53/udp}
     * @param extraHosts {@code name:address} lines
     * @param dns addresses of name servers
     * @param links {@code service} or {@code service:alias}
     * @param naming {@code domainname}, {@code dns_search} and the like, if given
     * @param macAddress of the first network
     */
    public record Networking(
            Optional<String> networkMode,
            Map<String, ServiceNetwork> networks,
            List<ServicePort> ports,
            List<String> expose,
            Optional<String> hostname,
            List<String> extraHosts,
            List<String> dns,
            List<String> links,
            Optional<Naming> naming,
            Optional<String> macAddress) {

        public Networking {
            networks = Ordered.copy(networks);
            ports = List.copyOf(ports);
        }
    }

    /**
     * @param tmpfs {@code target} or {@code target:options}, such as {@code /run:size=64m,mode=755}
     * @param readOnly whether the container's own file system is read-only
     * @param volumesFrom as written: {@code db}, {@code db:ro}, {@code container:NAME} or {@code container:NAME:ro}
     */
    public record Storage(
            List<ServiceVolume> volumes,
            List<String> tmpfs,
            List<FileMount> configs,
            List<FileMount> secrets,
            boolean readOnly,
            List<String> volumesFrom) {}

    /**
     * What {@code mem_limit}, {@code cpus} and so on say, or {@code deploy.resources} where they say nothing.
     *
     * @param memoryBytes 0 for no limit
     * @param memoryReservationBytes 0 for none
     * @param nanoCpus billionths of a processor; 0 for no limit
     * @param pids 0 for what the engine does by default; -1 for no limit
     * @param shmBytes size of /dev/shm; 0 for the engine's default
     * @param ulimits by name, such as {@code nofile}
     * @param processors {@code cpu_shares}, {@code cpuset} and the like, if given
     * @param pressure {@code memswap_limit}, {@code oom_score_adj} and the like, if given
     * @param blockDevices {@code blkio_config}
     */
    public record Resources(
            long memoryBytes,
            long memoryReservationBytes,
            long nanoCpus,
            long pids,
            long shmBytes,
            Map<String, Ulimit> ulimits,
            Map<String, String> sysctls,
            Optional<Processors> processors,
            Optional<MemoryPressure> pressure,
            Optional<BlockDevices> blockDevices,
            Optional<String> cgroupParent) {

        public Resources {
            ulimits = Ordered.copy(ulimits);
            sysctls = Ordered.copy(sysctls);
        }
    }

    public record Ulimit(long soft, long hard) {}

    /**
     * @param securityOpt as written; a profile of {@code seccomp} is the path of a file
     * @param devices {@code source:target:permissions}
     * @param deviceRequests {@code gpus}, {@code deploy.resources.reservations.devices} and devices by their names
     * @param namespaces {@code pid}, {@code ipc} and the like, if given
     */
    public record Security(
            boolean privileged,
            List<String> capAdd,
            List<String> capDrop,
            List<String> securityOpt,
            List<String> groupAdd,
            List<String> devices,
            List<String> deviceCgroupRules,
            List<DeviceRequest> deviceRequests,
            Optional<Namespaces> namespaces) {}

    /**
     * @param mode {@code no}, {@code always}, {@code on-failure} or {@code unless-stopped}
     * @param maximumRetries for {@code on-failure}; 0 for no limit
     */
    public record Restart(String mode, int maximumRetries) {}

    /** @param driver empty for the engine's default */
    public record Logging(Optional<String> driver, Map<String, String> options) {

        public Logging {
            options = Ordered.copy(options);
        }
    }
}
