package dev.portolan.compose;

import static dev.portolan.compose.KeyTable.Known.honoured;
import static dev.portolan.compose.Shapes.DISTINCT_STRINGS;
import static dev.portolan.compose.Shapes.NUMBER;
import static dev.portolan.compose.Shapes.OPTIONS;
import static dev.portolan.compose.Shapes.STRING;
import static dev.portolan.compose.Shapes.STRING_OR_STRINGS;
import static dev.portolan.compose.Shapes.WHOLE_OR_STRING;
import static dev.portolan.compose.Shapes.namedEntries;
import static dev.portolan.compose.Shapes.oneOf;

import dev.portolan.compose.Form.Pairs;
import dev.portolan.compose.Form.Single;

/** The keys of a service's {@code ports} and {@code networks}, in their long syntax. */
final class NetworkingKeys {
    static final Shape EXTRA_HOSTS = oneOf(namedEntries(STRING_OR_STRINGS), DISTINCT_STRINGS);

    static final KeyTable PORT = KeyTable.of(
            honoured("name", STRING),
            honoured("mode", STRING),
            honoured("host_ip", STRING),
            honoured("target", WHOLE_OR_STRING).as(Single.UNSIGNED),
            honoured("published", WHOLE_OR_STRING).as(Single.TEXT),
            honoured("protocol", STRING),
            honoured("app_protocol", STRING));

    static final KeyTable NETWORK = KeyTable.of(
            honoured("aliases", DISTINCT_STRINGS),
            honoured("driver_opts", OPTIONS).as(Pairs.TEXTS),
            honoured("gw_priority", NUMBER),
            honoured("interface_name", STRING),
            honoured("ipv4_address", STRING),
            honoured("ipv6_address", STRING),
            honoured("link_local_ips", DISTINCT_STRINGS),
            honoured("mac_address", STRING),
            honoured("priority", NUMBER));

    private NetworkingKeys() {}
}
