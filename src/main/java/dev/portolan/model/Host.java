package dev.portolan.model;

/** A machine in a region. */
public record Host(HostId id, HostAddress address) {}
