package dev.portolan.traffic.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portolan.haproxy.HaproxyException;
import dev.portolan.haproxy.HaproxyFolder;
import dev.portolan.host.HostFiles;
import dev.portolan.model.Place;
import dev.portolan.model.Pools;
import dev.portolan.model.Pools.Connections;
import dev.portolan.model.Pools.Pool;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EdgeConfigurationTest {
    private static final HaproxyFolder FOLDER =
            new HaproxyFolder("/var/lib/portolan", "edge/shop", new HostFiles.Owner(1000, 1000));
    private static final Pool DUBLIN = new Pool("dublin", new Place(53.35, -6.26), List.of("127.0.0.1:8001"));
    private static final Pool SYDNEY = new Pool("sydney", new Place(-33.87, 151.21), List.of("127.0.0.1:8002"));

    private static final Route.Http WEB = new Route.Http("shop.example", "web", 3000, "/heartbeat", Optional.empty());

    @Test
    void twoRegions() {
        EdgeConfiguration configuration = configuration(pools(DUBLIN, SYDNEY), Set.of("sydney"));
        assertThat(configuration.text()).isEqualTo("""
                        # Portolan writes this file.
                        global
                            description generation=GENERATION pools=POOLS
                            stats socket /var/lib/portolan/edge/shop/admin.sock mode 600 uid 1000 gid 1000 level admin expose-fd listeners
                            fd-hard-limit 50000
                            noreuseport
                            hard-stop-after 24h
                            uid 65534
                            gid 65534

                        defaults
                            mode http
                            timeout connect 500ms
                            timeout client 60s
                            timeout server 65s
                            timeout tunnel 1h
                            timeout http-keep-alive 60s
                            timeout http-request 10s
                            timeout queue 5s
                            timeout check 2s
                            option redispatch 1
                            retries 1
                            retry-on conn-failure empty-response response-timeout 502 503 504
                            http-error status 503 content-type "text/plain; charset=utf-8" string "No region is ready to answer. Please try again in a moment.\\n" hdr Retry-After 1

                        frontend readers
                            bind :8000
                            option idle-close-on-response
                            option forwardfor
                            http-request set-header X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) -m found }
                            use_backend near_dublin if { src 127.10.0.0/16 }
                            use_backend near_sydney if { src 127.11.0.0/16 }
                            default_backend near_dublin

                        backend regions
                            option httpchk
                            http-check send meth GET uri /heartbeat ver HTTP/1.1 hdr Host shop.example hdr X-Portolan-Ready 1 hdr Connection close
                            http-check expect status 200
                            default-server check inter 1s fastinter 100ms downinter 500ms rise 2 fall 2
                            server dublin 127.0.0.1:8001
                            server sydney 127.0.0.1:8002 disabled

                        backend near_dublin
                            balance first
                            http-request disable-l7-retry unless { method GET HEAD OPTIONS }
                            http-request disable-l7-retry if !{ srv_is_up(regions/dublin) }
                            retry-on conn-failure empty-response response-timeout 502 503 504 500
                            server dublin 127.0.0.1:8001 track regions/dublin pool-max-conn 256
                            server rest abns@portolan-shop-8000-near_dublin_2 pool-max-conn 256

                        frontend near_dublin_2
                            bind abns@portolan-shop-8000-near_dublin_2
                            default_backend near_dublin_2

                        backend near_dublin_2
                            balance first
                            http-request disable-l7-retry unless { method GET HEAD OPTIONS }
                            http-request disable-l7-retry if !{ srv_is_up(regions/sydney) }
                            retry-on conn-failure empty-response response-timeout 502 503 504 500
                            server sydney 127.0.0.1:8002 track regions/sydney pool-max-conn 256

                        backend near_sydney
                            balance first
                            http-request disable-l7-retry unless { method GET HEAD OPTIONS }
                            http-request disable-l7-retry if !{ srv_is_up(regions/sydney) }
                            retry-on conn-failure empty-response response-timeout 502 503 504 500
                            server sydney 127.0.0.1:8002 track regions/sydney pool-max-conn 256
                            server rest abns@portolan-shop-8000-near_sydney_2 pool-max-conn 256

                        frontend near_sydney_2
                            bind abns@portolan-shop-8000-near_sydney_2
                            default_backend near_sydney_2

                        backend near_sydney_2
                            balance first
                            http-request disable-l7-retry unless { method GET HEAD OPTIONS }
                            http-request disable-l7-retry if !{ srv_is_up(regions/dublin) }
                            retry-on conn-failure empty-response response-timeout 502 503 504 500
                            server dublin 127.0.0.1:8001 track regions/dublin pool-max-conn 256
                        """.replace("GENERATION", configuration.generation())
                .replace("POOLS", pools(DUBLIN, SYDNEY).hash()));
    }

    @Test
    void connectionsGoToTheNearestRegionThatTakesThemOrWait() {
        Pool dublin = new Pool(
                "dublin",
                DUBLIN.place(),
                List.of("10.1.0.1:80", "10.1.0.2:80"),
                List.of(new Connections(5432, List.of("10.1.0.1:5432", "10.1.0.2:5432"))));
        Pool sydney = new Pool(
                "sydney",
                SYDNEY.place(),
                List.of("127.0.0.1:8002"),
                List.of(new Connections(5432, List.of("127.0.0.1:5434"))));
        Pools pools = pools(List.of(new Route.Tcp(5432, "db", 5432)), dublin, sydney);
        assertThat(configuration(pools, Set.of("sydney")).text())
                .doesNotContain("frontend readers\n", "backend regions\n")
                .endsWith("""
                        defaults
                            mode tcp
                            timeout connect 500ms
                            timeout client 24d
                            timeout server 24d
                            timeout check 2s
                            option clitcpka
                            clitcpka-idle 60s
                            option srvtcpka
                            srvtcpka-idle 60s
                            option redispatch 1

                        frontend readers:5432
                            bind :5432
                            use_backend near_dublin:5432 if { src 127.10.0.0/16 }
                            use_backend near_sydney:5432 if { src 127.11.0.0/16 }
                            default_backend near_dublin:5432

                        backend regions:5432
                            option httpchk
                            http-check send meth GET uri / ver HTTP/1.1 hdr Host localhost hdr X-Portolan-Ready shop:5432 hdr Connection close
                            http-check expect status 200
                            default-server check inter 1s fastinter 100ms downinter 500ms rise 2 fall 2
                            server dublin 10.1.0.1:5432 port 80
                            server dublin:2 10.1.0.2:5432 port 80
                            server sydney 127.0.0.1:5434 port 8002 disabled

                        backend near_dublin:5432
                            balance first
                            retries 300
                            server dublin 10.1.0.1:5432 track regions:5432/dublin
                            server dublin:2 10.1.0.2:5432 track regions:5432/dublin:2
                            server sydney 127.0.0.1:5434 track regions:5432/sydney
                            server :nobody 127.255.255.254:1 backup no-check

                        backend near_sydney:5432
                            balance first
                            retries 300
                            server sydney 127.0.0.1:5434 track regions:5432/sydney
                            server dublin 10.1.0.1:5432 track regions:5432/dublin
                            server dublin:2 10.1.0.2:5432 track regions:5432/dublin:2
                            server :nobody 127.255.255.254:1 backup no-check
                        """);
    }

    @Test
    void aDrainedRegionIsNoNewGeneration() {
        assertThat(configuration(pools(DUBLIN, SYDNEY), Set.of("sydney")).generation())
                .isEqualTo(configuration(pools(DUBLIN, SYDNEY), Set.of()).generation())
                .isNotEqualTo(configuration(pools(DUBLIN), Set.of()).generation());
    }

    @Test
    void aRegionWithSeveralHostsSpreadsItsRequests() {
        Pool two = new Pool("sydney", SYDNEY.place(), List.of("10.1.0.1:80", "10.1.0.2:80"));
        assertThat(configuration(pools(DUBLIN, two), Set.of()).text())
                .contains(
                        """
                        frontend hosts_sydney
                            bind abns@portolan-shop-8000-hosts_sydney
                            default_backend hosts_sydney
                        """,
                        """
                            server h1 10.1.0.1:80
                            server h2 10.1.0.2:80
                        """,
                        "    server sydney abns@portolan-shop-8000-hosts_sydney track regions/sydney pool-max-conn 256\n");
    }

    @Test
    void aDrainedRegionThatIsNoLongerThereIsForgotten() {
        assertThat(StoredEdge.of(pools(DUBLIN), Set.of("sydney")).drained()).isEmpty();
    }

    @Test
    void whatIsRememberedIsReadAsItWas() {
        StoredEdge edge = StoredEdge.of(pools(DUBLIN, SYDNEY), Set.of("sydney"));
        assertThat(StoredEdge.fromJson(edge.toJson())).isEqualTo(edge);
        assertThatThrownBy(() -> StoredEdge.fromJson("{")).isInstanceOf(HaproxyException.class);
    }

    private static EdgeConfiguration configuration(Pools pools, Set<String> drained) {
        return new EdgeConfiguration(FOLDER, true, StoredEdge.of(pools, drained));
    }

    private static Pools pools(Pool... pools) {
        return pools(List.of(WEB), pools);
    }

    private static Pools pools(List<Route> routes, Pool... pools) {
        return new Pools(
                "shop", new TrafficSettings.Edge(8000), "dublin", routes, Duration.ofSeconds(150), List.of(pools));
    }
}
