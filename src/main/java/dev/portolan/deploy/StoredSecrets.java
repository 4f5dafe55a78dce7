package dev.portolan.deploy;

import dev.portolan.fleet.TaskRunner;
import dev.portolan.model.ContainerSpec;
import dev.portolan.model.ContainerSpec.FileInContainer;
import dev.portolan.model.ContainerSpec.FileSource;
import dev.portolan.model.PinnedSecret;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Replica;
import dev.portolan.plan.Step;
import dev.portolan.rollout.FileContents;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Sees before anything happens that the values of all secrets can be had which new containers of a plan get. */
final class StoredSecrets {
    private StoredSecrets() {}

    /** @throws UserError naming the first that cannot be had, its region and its store */
    static void require(Plan plan, FileContents contents, TaskRunner runner) {
        Map<PinnedSecret, String> regions = new LinkedHashMap<>();
        plan.steps()
                .forEach(step -> newContainers(step)
                        .flatMap(StoredSecrets::of)
                        .forEach(secret -> regions.putIfAbsent(
                                secret, ((Step.OnHost) step).host().region())));
        List<Optional<UserError>> failures = runner.map(
                List.copyOf(regions.entrySet()), entry -> problem(entry.getKey(), entry.getValue(), contents));
        failures.stream().flatMap(Optional::stream).findFirst().ifPresent(failure -> {
            throw failure;
        });
    }

    /** All that a container gets. */
    static Stream<PinnedSecret> of(ContainerSpec container) {
        return Stream.concat(
                container.process().secrets().stream(),
                container.storage().files().stream()
                        .map(FileInContainer::source)
                        .flatMap(source -> source instanceof FileSource.Stored(PinnedSecret secret)
                                ? Stream.of(secret)
                                : Stream.empty()));
    }

    private static Stream<ContainerSpec> newContainers(Step step) {
        return switch (step) {
            case Step.Start start ->
                start.replicas().stream().filter(replica -> !replica.exists()).map(StoredSecrets::containerOf);
            case Step.RunJobs jobs ->
                jobs.replicas().stream().map(StoredSecrets::containerOf); // one that failed is made again
            case Step.RunReleaseCommand command -> Stream.of(command.service().container());
            case Step other -> Stream.empty();
        };
    }

    private static ContainerSpec containerOf(Replica replica) {
        return replica.service().container();
    }

    private static Optional<UserError> problem(PinnedSecret secret, String region, FileContents contents) {
        try {
            contents.valueOf(secret);
            return Optional.empty();
        } catch (UserError failed) {
            return Optional.of(new UserError(
                    "region " + region + ": " + failed.message(),
                    "nothing was changed; " + failed.remedy(),
                    failed.exitCode(),
                    failed));
        }
    }
}
