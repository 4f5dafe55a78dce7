package dev.portolan.compose;

import dev.portolan.model.SourceLocation;
import java.util.Optional;

/**
 * One published port of a service, as the long syntax has it.
 *
 * @param target the port inside the container, 1 to 65535
 * @param published of the host: empty for one that the engine chooses, a port, or a range such as {@code 8000-8010}
 * @param hostIp address of the host; empty for all
 * @param protocol {@code tcp}, {@code udp} or {@code sctp}
 * @param name for people, if given
 * @param appProtocol for people, if given
 */
public record ServicePort(
        int target,
        String published,
        String hostIp,
        String protocol,
        Optional<String> name,
        Optional<String> appProtocol,
        SourceLocation location) {}
