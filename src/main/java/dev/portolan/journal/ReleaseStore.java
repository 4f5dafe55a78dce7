package dev.portolan.journal;

import dev.portolan.host.HostFiles;
import dev.portolan.json.Json;
import dev.portolan.json.MalformedJson;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Releases in full, beside the journal, so that an earlier one can be rolled out again. */
public final class ReleaseStore {
    private static final String SUFFIX = ".json";

    private final HostFiles files;
    private final String folder;

    public ReleaseStore(HostFiles files, String app) {
        this.files = files;
        this.folder = "apps/" + app + "/releases/";
    }

    public void save(Desired release) {
        try {
            files.write(folder + release.release() + SUFFIX, Json.write(release) + "\n");
        } catch (IOException broken) {
            throw broken(release.release(), broken);
        }
    }

    /** The release, or empty when there is none of that name. */
    public Optional<Desired> load(ReleaseId id) {
        try {
            Optional<HostFiles.StoredFile> file = files.read(folder + id + SUFFIX);
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Json.read(file.get().content(), Desired.class));
        } catch (IOException | MalformedJson broken) {
            throw broken(id, broken);
        }
    }

    /** Removes every release but these. */
    public void keepOnly(Set<ReleaseId> kept) {
        try {
            for (String name : files.list(folder.substring(0, folder.length() - 1))) {
                if (name.endsWith(SUFFIX) && kept.stream().noneMatch(id -> name.equals(id + SUFFIX))) {
                    files.remove(folder + name);
                }
            }
        } catch (IOException broken) {
            throw new UserError(
                    "old releases in " + files.root() + "/" + folder + " cannot be removed: " + broken.getMessage(),
                    "check the disk and the rights of the folder on the primary's host",
                    ExitCode.FAILED,
                    broken);
        }
    }

    private UserError broken(ReleaseId id, Exception cause) {
        return new UserError(
                "release " + id + " in " + files.root() + "/" + folder + " cannot be used: " + cause.getMessage(),
                "check the disk and the rights of the folder on the primary's host",
                ExitCode.FAILED,
                cause);
    }
}
