package dev.portolan.host.ssh;

import dev.portolan.host.HostTrees;
import dev.portolan.host.HostTreesContract;
import java.nio.file.Path;

/** By shells of this machine; {@code SshHostIT} has those of others. */
class SshTreesTest extends HostTreesContract {

    @Override
    protected HostTrees trees(Path contents, Path data) {
        return new SshTrees(new LocalShells(), contents.toString(), data.toString());
    }
}
