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
import java.util.stream.Collectors;

/** Releases in full, beside the journal, so that an earlier one can be rolled out again. */
public final class ReleaseStore {
    private static final String SUFFIX = ".json";
    private static final String OUTPUT = ".command.log";

    private final HostFiles files;
    private final String folder;

    public ReleaseStore(HostFiles files, String app) {
        this.files = files;
        this.folder = folderOf(app);
    }

    private static String folderOf(String app) {
        return "apps/" + app + "/releases/";
    }

    /** The file of what the command of a release has written. */
    static String outputOf(String app, ReleaseId release) {
        return folderOf(app) + release + OUTPUT;
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

    /** Every release that is here. */
    public Set<ReleaseId> stored() {
        try {
            return files.list(folder.substring(0, folder.length() - 1)).stream()
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> new ReleaseId(name.substring(0, name.length() - SUFFIX.length())))
                    .collect(Collectors.toSet());
        } catch (IOException broken) {
            throw untidy(broken);
        }
    }

    /** Removes every release but these, and what their commands wrote. */
    public void keepOnly(Set<ReleaseId> kept) {
        try {
            for (String name : files.list(folder.substring(0, folder.length() - 1))) {
                boolean ours = name.endsWith(SUFFIX) || name.endsWith(OUTPUT);
                if (ours && kept.stream().noneMatch(id -> name.equals(id + SUFFIX) || name.equals(id + OUTPUT))) {
                    files.remove(folder + name);
                }
            }
        } catch (IOException broken) {
            throw untidy(broken);
        }
    }

    private UserError untidy(IOException cause) {
        return new UserError(
                "old releases in " + files.root() + "/" + folder + " cannot be removed: " + cause.getMessage(),
                "check the disk and the rights of the folder on the primary's host",
                ExitCode.FAILED,
                cause);
    }

    private UserError broken(ReleaseId id, Exception cause) {
        return new UserError(
                "release " + id + " in " + files.root() + "/" + folder + " cannot be used: " + cause.getMessage(),
                "check the disk and the rights of the folder on the primary's host",
                ExitCode.FAILED,
                cause);
    }
}
