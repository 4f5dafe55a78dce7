package dev.portolan.model;

import java.util.List;

/**
 * How a container shares the host's block devices.
 *
 * @param weight against other containers, from 10 to 1000; 0 for none
 */
public record BlockDevices(
        int weight,
        List<Weight> weights,
        List<Rate> readBytes,
        List<Rate> readOperations,
        List<Rate> writeBytes,
        List<Rate> writeOperations) {

    public BlockDevices {
        weights = List.copyOf(weights);
        readBytes = List.copyOf(readBytes);
        readOperations = List.copyOf(readOperations);
        writeBytes = List.copyOf(writeBytes);
        writeOperations = List.copyOf(writeOperations);
    }

    /** @param path of the device on the host */
    public record Weight(String path, int weight) {}

    /**
     * @param path of the device on the host
     * @param perSecond at most
     */
    public record Rate(String path, long perSecond) {}
}
