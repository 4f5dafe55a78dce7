package dev.portolan.compose;

import dev.portolan.compose.ComposeService.Ulimit;
import dev.portolan.model.SourceLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service's {@code build}.
 *
 * @param context the folder, absolute; the project's own where there is a repository
 * @param repository address of a git repository to build from, as written
 * @param dockerfile relative to the folder, or absolute
 * @param dockerfileInline the Dockerfile itself
 * @param args those with a value; one without is taken from the environment of the command line
 * @param target the part of a Dockerfile to build, if not the last one
 * @param additionalContexts by name: an absolute path, {@code service:name}, {@code docker-image://name} or an address
 * @param extraHosts {@code name:address} lines
 * @param platforms that the image may be asked for
 * @param manner how it is built, whatever comes out
 */
public record Build(
        Path context,
        Optional<String> repository,
        String dockerfile,
        Optional<String> dockerfileInline,
        Map<String, String> args,
        Optional<String> target,
        Map<String, String> additionalContexts,
        Map<String, String> labels,
        Optional<String> network,
        List<String> extraHosts,
        List<String> platforms,
        Manner manner,
        SourceLocation location) {

    public Build {
        args = Ordered.copy(args);
        additionalContexts = Ordered.copy(additionalContexts);
        labels = Ordered.copy(labels);
        extraHosts = List.copyOf(extraHosts);
        platforms = List.copyOf(platforms);
    }

    /**
     * @param ssh agents by name: the socket, if it is not that of the command line's own agent
     * @param shmSize bytes; 0 when it is not given
     * @param entitlements with the one that {@code privileged} stands for
     */
    public record Manner(
            boolean noCache,
            boolean pull,
            List<String> cacheFrom,
            List<String> cacheTo,
            List<String> tags,
            List<BuildSecret> secrets,
            Map<String, Optional<String>> ssh,
            long shmSize,
            Map<String, Ulimit> ulimits,
            List<String> entitlements) {

        public Manner {
            cacheFrom = List.copyOf(cacheFrom);
            cacheTo = List.copyOf(cacheTo);
            tags = List.copyOf(tags);
            secrets = List.copyOf(secrets);
            ssh = Ordered.copy(ssh);
            ulimits = Ordered.copy(ulimits);
            entitlements = List.copyOf(entitlements);
        }
    }

    /**
     * @param source key of the top-level {@code secrets}
     * @param id what the Dockerfile calls it
     */
    public record BuildSecret(String source, String id, SourceLocation location) {}
}
