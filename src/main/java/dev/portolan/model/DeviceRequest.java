package dev.portolan.model;

import java.util.List;
import java.util.Map;

/**
 * Devices that a driver of the engine gives to a container, such as graphics processors.
 *
 * @param driver empty for any that has the capabilities
 * @param count -1 for all; 0 where {@code ids} names them
 * @param ids in the driver's own words
 * @param capabilities all of which the driver must have
 */
public record DeviceRequest(
        String driver, int count, List<String> ids, List<String> capabilities, Map<String, String> options) {

    public DeviceRequest {
        ids = List.copyOf(ids);
        capabilities = List.copyOf(capabilities);
        options = Map.copyOf(options);
    }
}
