package dev.portolan.journal;

import dev.portolan.host.HostFiles;
import dev.portolan.journal.Json.MalformedJson;
import dev.portolan.model.Desired;
import dev.portolan.model.ExitCode;
import dev.portolan.model.ReleaseId;
import dev.portolan.model.UserError;
import java.io.IOException;
import java.util.Optional;

/** Releases in full, beside the journal, so that an earlier one can be rolled out again. */
public final class ReleaseStore {
    private final HostFiles files;
    private final String folder;

    public ReleaseStore(HostFiles files, String app) {
        this.files = files;
        this.folder = "apps/" + app + "/releases/";
    }

    public void save(Desired release) {
        try {
            files.write(folder + release.release() + ".json", Json.write(release) + "\n");
        } catch (IOException broken) {
            throw broken(release.release(), broken);
        }
    }

    /** The release, or empty when there is none of that name. */
    public Optional<Desired> load(ReleaseId id) {
        try {
            Optional<HostFiles.StoredFile> file = files.read(folder + id + ".json");
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Json.read(file.get().content(), Desired.class));
        } catch (IOException | MalformedJson broken) {
            throw broken(id, broken);
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
