package dev.portolan.host.local;

import dev.portolan.host.HostTrees;
import dev.portolan.host.HostTreesContract;
import java.nio.file.Path;

class LocalTreesTest extends HostTreesContract {

    @Override
    protected HostTrees trees(Path contents, Path data) {
        return new LocalTrees(contents, data);
    }
}
