package dev.portolan.testing;

import dev.portolan.demo.hosts.VirtualHost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What goes wrong on a virtual host itself. */
public final class HostTroubles {
    private final HostShell shell;
    private final Inside inside;
    private final long allMemoryBytes;

    HostTroubles(HostShell shell, Inside inside, long allMemoryBytes) {
        this.shell = shell;
        this.inside = inside;
        this.allMemoryBytes = allMemoryBytes;
    }

    /** Kills the host's engine, without a chance to tidy up; systemd starts it again after two seconds. */
    public void killEngine(VirtualHost host) {
        shell.run(host, "systemctl kill --kill-who=main --signal=KILL docker.service");
    }

    /** There is no engine until it is lifted; its socket refuses. */
    public Fault withoutEngine(VirtualHost host) {
        shell.run(host, "systemctl stop docker.socket docker.service");
        return () -> shell.run(host, "systemctl start docker.socket docker.service");
    }

    /**
     * The file system of a folder is full until it is lifted. What is in the folder stays there, and can be changed where that takes
     * no more room.
     *
     * @param folder absolute; made if it is not there; not one of the engine, which has its files open
     */
    public Fault fullDisk(VirtualHost host, String folder) {
        shell.run(host, """
                set -e
                mkdir -p "$1"
                disk=/run/full-disk
                mkdir -p $disk
                used=$(du -sk "$1" | cut -f 1)
                mount -t tmpfs -o size=$((used + 256))k,mode=$(stat -c %a "$1"),uid=$(stat -c %u "$1"),gid=$(stat -c %g "$1") full $disk
                cp -a "$1/." $disk
                mount --bind $disk "$1"
                dd if=/dev/zero of=$disk/.full bs=4k 2>/dev/null || [ -s $disk/.full ]
                """, folder);
        return () -> shell.attempt(host, """
                mountpoint -q "$1" || exit 0
                rm -f /run/full-disk/.full
                umount -l "$1"
                cp -a /run/full-disk/. "$1"
                umount -l /run/full-disk
                """, folder);
    }

    /**
     * The clock is wrong for whatever commands come by SSH from now on over new connections: {@code date}, and the times of files.
     * The kernel's own clock is that of this machine, so the times that the kernel and programs in Go see, as the engine, stay right.
     *
     * @param ahead negative for a clock that is behind
     */
    public Fault wrongClock(VirtualHost host, Duration ahead) {
        shell.run(host, """
                set -e
                library=$(echo /usr/lib/*/faketime/libfaketime.so.1)
                [ -e "$library" ]
                echo "SetEnv LD_PRELOAD=$library FAKETIME=$1" >/etc/ssh/sshd_config.d/clock.conf
                systemctl reload ssh.service
                """, (ahead.isNegative() ? "" : "+") + ahead.toSeconds());
        return () -> shell.run(host, "rm -f /etc/ssh/sshd_config.d/clock.conf && systemctl reload ssh.service");
    }

    /**
     * The host has no more memory than this until it is lifted: a program that takes more is killed by the kernel. Fails when the
     * host uses more already.
     */
    public Fault littleMemory(VirtualHost host, int mebibytes) {
        limitMemory(host, (long) mebibytes << 20);
        return () -> limitMemory(host, allMemoryBytes);
    }

    private void limitMemory(VirtualHost host, long bytes) {
        try {
            inside.post("/containers/" + host.container() + "/update", "{\"Memory\":" + bytes + ",\"MemorySwap\":-1}");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
