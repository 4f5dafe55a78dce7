package dev.portolan.haproxy;

import dev.portolan.host.HostFiles;
import java.util.List;

/**
 * The folder in which one HAProxy has its files, bind-mounted at the same path into its container.
 *
 * @param root absolute path on the host of Portolan's files
 * @param path of the folder, relative to the root
 * @param owner to whom the sockets belong
 */
public record HaproxyFolder(String root, String path, HostFiles.Owner owner) {
    /** The kernel takes 107 bytes; HAProxy appends a process id while it makes the socket. */
    private static final int LONGEST_SOCKET_PATH = 107 - ".4194304.tmp".length();

    public HaproxyFolder {
        if (socket(root, path, "master.sock").length() > LONGEST_SOCKET_PATH) {
            throw new HaproxyException(
                    "the path " + root + "/" + path + " is too long for a socket",
                    "choose a shorter state folder (XDG_STATE_HOME) or a shorter name of the region");
        }
    }

    public String absolute() {
        return root + "/" + path;
    }

    /** Relative to the root. */
    public String configuration() {
        return path + "/haproxy.cfg";
    }

    public String adminSocket() {
        return socket(root, path, "admin.sock");
    }

    public String masterSocket() {
        return socket(root, path, "master.sock");
    }

    /** What starts HAProxy: a master that keeps the listeners, and a worker that a reload replaces. */
    public List<String> command() {
        return List.of(
                "haproxy",
                "-W",
                "-S",
                masterSocket() + ",mode,600,uid," + owner.user() + ",gid," + owner.group(),
                "-f",
                root + "/" + configuration());
    }

    /** The line of the {@code global} section that opens the runtime API. */
    public String adminLine() {
        return "stats socket %s mode 600 uid %d gid %d level admin expose-fd listeners"
                .formatted(Words.quoted(adminSocket()), owner.user(), owner.group());
    }

    private static String socket(String root, String path, String name) {
        return root + "/" + path + "/" + name;
    }
}
