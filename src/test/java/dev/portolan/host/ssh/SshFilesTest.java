package dev.portolan.host.ssh;

import dev.portolan.host.HostFiles;
import dev.portolan.host.HostFilesContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** By shells of this machine; {@code SshHostIT} has those of others. */
class SshFilesTest extends HostFilesContract {

    @Override
    protected HostFiles files(Path at) throws IOException {
        Path above = Files.createDirectories(at.getParent());
        int user = (int) Files.getAttribute(above, "unix:uid");
        int group = (int) Files.getAttribute(above, "unix:gid");
        return new SshFiles(new LocalShells(), at.toString(), new HostFiles.Owner(user, group));
    }

    @Override
    protected int rounds() {
        return 4;
    }
}
