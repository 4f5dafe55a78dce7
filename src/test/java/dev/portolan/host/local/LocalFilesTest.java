package dev.portolan.host.local;

import dev.portolan.host.HostFiles;
import dev.portolan.host.HostFilesContract;
import java.nio.file.Path;

class LocalFilesTest extends HostFilesContract {

    @Override
    protected HostFiles files(Path at) {
        return new LocalHost(at, "/var/run/docker.sock").files();
    }

    @Override
    protected int rounds() {
        return 40;
    }
}
