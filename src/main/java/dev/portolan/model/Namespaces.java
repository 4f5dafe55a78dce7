package dev.portolan.model;

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
public record Namespaces(String ipc, String pid, String uts, String user, String cgroup) {}
