package dev.portolan.model;

import java.util.function.UnaryOperator;

/**
 * The namespaces of the kernel that a container does not have to itself, in the engine's words, such as {@code host} or
 * {@code container:NAME}; a text is empty for what the engine does by default.
 *
 * @param ipc shared memory and semaphores
 * @param pid processes
 * @param uts host name
 * @param user users
 * @param cgroup control groups
 */
public record Namespaces(String ipc, String pid, String uts, String user, String cgroup) {

    /** The same with other words for {@code ipc} and {@code pid}, the two in which a service can be named. */
    Namespaces with(UnaryOperator<String> change) {
        return new Namespaces(change.apply(ipc), change.apply(pid), uts, user, cgroup);
    }
}
