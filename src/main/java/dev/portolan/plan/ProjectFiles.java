package dev.portolan.plan;

import dev.portolan.model.DataFolder;
import dev.portolan.model.DataFolder.Seed;
import dev.portolan.model.ExitCode;
import dev.portolan.model.HostId;
import dev.portolan.model.HostState;
import dev.portolan.model.ReleaseFiles;
import dev.portolan.model.UserError;
import dev.portolan.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files and folders of the project that a host is to have. */
final class ProjectFiles {

    private ProjectFiles() {}

    /**
     * What it does not have yet, and no earlier host of the plan gets for it.
     *
     * @throws UserError when a folder cannot be made with what the project has in it
     */
    static List<Step> missing(HostId host, Workload workload, HostState.Reachable state, Allotment allotment) {
        List<Step> steps = new ArrayList<>();
        List<ReleaseFiles> files = workload.files().stream()
                .filter(found -> !state.files().contains(found.digest()) && allotment.claim(state, found))
                .toList();
        if (!files.isEmpty()) {
            steps.add(new Step.BringFiles(host, files));
        }
        for (DataFolder folder : workload.folders()) {
            if (!state.folders().containsKey(folder.name())) {
                steps.add(new Step.MakeFolder(host, fit(folder)));
            }
        }
        return steps;
    }

    private static DataFolder fit(DataFolder folder) {
        if (folder.seed() instanceof Seed.Unfit unfit) {
            throw new UserError(
                    unfit.location() + ": " + folder.text() + " " + unfit.reason(),
                    "a folder that a service may write to is data, and each host starts with what is in it now: empty it, put"
                            + " it into the image, or mount a named volume or a folder outside of the project's instead",
                    ExitCode.USAGE);
        }
        return folder;
    }

    /** What a person may expect of folders that are there, and that does not happen. */
    static List<String> warnings(Workload workload, HostState.Reachable state) {
        return workload.folders().stream()
                .filter(folder ->
                        changed(folder, Optional.ofNullable(state.folders().get(folder.name()))))
                .map(folder -> "what is in " + folder.text()
                        + " changed, and does not reach the hosts: a folder that a service"
                        + " may write to is data, and stays as it is there; mount it read-only (:ro) to have it travel with"
                        + " each release")
                .toList();
    }

    /** Of a folder that began empty the project's own copy may be anything: the app's data on a developer's machine. */
    private static boolean changed(DataFolder folder, Optional<String> then) {
        return then.isPresent()
                && !then.get().isEmpty()
                && folder.seed() instanceof Seed.Files now
                && !now.digest().equals(then.get());
    }
}
