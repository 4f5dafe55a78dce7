package dev.portolan.model;

/**
 * A container as its host's proxy sees it.
 *
 * @param container its name
 * @param address IPv4
 * @param port 1 to 65535
 */
public record ProxyServer(String container, String address, int port) {}
