package dev.portolan.proxy.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.haproxy.HaproxyFolder;
import dev.portolan.host.HostFiles;
import dev.portolan.model.ProxySettings;
import dev.portolan.model.ProxySettings.ProxyRoute;
import dev.portolan.model.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProxyConfigurationTest {
    private static final HaproxyFolder FOLDER =
            new HaproxyFolder("/var/lib/portolan", "proxy/portolan-proxy", new HostFiles.Owner(0, 0));
    private static final Backend WEB = new Backend(
            "shop",
            "web",
            3000,
            new Protocol.Http(List.of("shop.example", "www.shop.example"), "/heartbeat", Optional.of("_shop_session")),
            2,
            new TreeMap<>(Map.of(2, new Slot("10.213.0.2:3000", true))));
    private static final Backend API = new Backend(
            "wiki", "api", 3000, new Protocol.Http(List.of("*"), "/up", Optional.empty()), 2, new TreeMap<>());
    private static final Backend DATABASE = new Backend(
            "shop",
            "db",
            5432,
            new Protocol.Tcp(5432, "127.0.0.1:5433", Duration.ofSeconds(150)),
            2,
            new TreeMap<>(Map.of(1, new Slot("10.213.0.7:5432", true))));
    private static final AppPart SHOP = new AppPart("shop", Optional.of(":80"), "aaaa", List.of(WEB));
    private static final AppPart WIKI = new AppPart("wiki", Optional.of(":80"), "bbbb", List.of(API));

    @Test
    void twoAppsShareAProxy() {
        ProxyConfiguration configuration = new ProxyConfiguration(FOLDER, true, List.of(SHOP, WIKI));
        assertThat(configuration.text()).isEqualTo("""
                        # Portolan writes this file. It says what is committed; what serves now is in the runtime API.
                        global
                            description generation=GENERATION shop=aaaa shop.web:3000=WEB wiki=bbbb wiki.api:3000=API
                            stats socket /var/lib/portolan/proxy/portolan-proxy/admin.sock mode 600 uid 0 gid 0 level admin expose-fd listeners
                            fd-hard-limit 50000
                            noreuseport
                            hard-stop-after 24h
                            uid 65534
                            gid 65534

                        defaults
                            mode http
                            timeout connect 500ms
                            timeout client 60s
                            timeout server 60s
                            timeout tunnel 1h
                            timeout http-keep-alive 60s
                            timeout http-request 10s
                            timeout queue 5s
                            timeout check 2s
                            option redispatch 1
                            retries 3
                            retry-on conn-failure empty-response response-timeout
                            http-error status 503 content-type "text/plain; charset=utf-8" string "No server is ready to answer. Please try again in a moment.\\n" hdr Retry-After 1

                        frontend at_:80
                            bind :80
                            option idle-close-on-response
                            option forwardfor
                            http-request disable-l7-retry unless { method GET HEAD OPTIONS }
                            http-request set-header X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) -m found }
                            http-request set-var(txn.host) req.hdr(host),field(1,:),lower
                            use_backend shop.web:3000 if { var(txn.host) -m str shop.example }
                            use_backend shop.web:3000 if { var(txn.host) -m str www.shop.example }
                            default_backend wiki.api:3000

                        backend unknown_host
                            http-request return status 404 content-type "text/plain; charset=utf-8" string "No app on this host has this name.\\n"

                        backend shop.web:3000
                            balance roundrobin
                            http-request set-uri /heartbeat if { req.hdr(X-Portolan-Ready) -m found }
                            stick-table type binary len 20 size 100k expire 4h
                            http-request set-var(txn.slot) req.cook(_shop_session),sha1,table_server_id(shop.web:3000)
                            http-request set-var(txn.stays) bool(true) if { var(txn.slot) -m int 1 } { srv_weight(shop.web:3000/s1) gt 0 }
                            http-request set-var(txn.stays) bool(true) if { var(txn.slot) -m int 2 } { srv_weight(shop.web:3000/s2) gt 0 }
                            stick match req.cook(_shop_session),sha1 if { var(txn.stays) -m bool }
                            stick store-request req.cook(_shop_session),sha1
                            stick store-response res.cook(_shop_session),sha1
                            option httpchk
                            http-check send meth GET uri /heartbeat ver HTTP/1.1 hdr Host shop.example hdr Connection close
                            http-check expect status 200
                            default-server check inter 250ms fastinter 100ms downinter 250ms rise 2 fall 3 pool-max-conn 256
                            server s1 192.0.2.1:9 id 1 disabled
                            server s2 10.213.0.2:3000 id 2

                        backend wiki.api:3000
                            balance roundrobin
                            http-request set-uri /up if { req.hdr(X-Portolan-Ready) -m found }
                            option httpchk
                            http-check send meth GET uri /up ver HTTP/1.1 hdr Host localhost hdr Connection close
                            http-check expect status 200
                            default-server check inter 250ms fastinter 100ms downinter 250ms rise 2 fall 3 pool-max-conn 256
                            server s1 192.0.2.1:9 id 1 disabled
                            server s2 192.0.2.1:9 id 2 disabled
                        """.replace("GENERATION", configuration.generation())
                .replace("=WEB", "=" + WEB.checkHash())
                .replace("=API", "=" + API.checkHash()));
    }

    @Test
    void connectionsHaveAPortAndWaitForAServerWhereThereIsNone() {
        ProxyConfiguration configuration = new ProxyConfiguration(
                FOLDER, true, List.of(new AppPart("shop", Optional.of("127.0.0.1:8081"), "aaaa", List.of(DATABASE))));
        assertThat(configuration.text()).contains("""
                        frontend at_127.0.0.1:8081
                            bind 127.0.0.1:8081
                            option idle-close-on-response
                            option forwardfor
                            http-request disable-l7-retry unless { method GET HEAD OPTIONS }
                            http-request set-header X-Forwarded-Proto http unless { req.hdr(X-Forwarded-Proto) -m found }
                            http-request set-var(txn.host) req.hdr(host),field(1,:),lower
                            http-request return status 200 if { req.hdr(X-Portolan-Ready) -m str shop:5432 } { srv_is_up(shop.db:5432/s1) } { srv_weight(shop.db:5432/s1) gt 0 }
                            http-request return status 200 if { req.hdr(X-Portolan-Ready) -m str shop:5432 } { srv_is_up(shop.db:5432/s2) } { srv_weight(shop.db:5432/s2) gt 0 }
                            http-request return status 503 if { req.hdr(X-Portolan-Ready) -m str shop:5432 }
                            default_backend unknown_host
                        """).endsWith("""
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

                        frontend at_127.0.0.1:5433
                            bind 127.0.0.1:5433
                            default_backend shop.db:5432

                        backend shop.db:5432
                            balance leastconn
                            retries 300
                            default-server check inter 250ms fastinter 100ms downinter 250ms rise 2 fall 3 pool-max-conn 256
                            server s1 10.213.0.7:5432 id 1
                            server s2 192.0.2.1:9 id 2 disabled
                            server :nobody 127.255.255.254:1 backup no-check
                        """);
    }

    @Test
    void aServiceWithRequestsAndConnectionsHasABackendForEachOfItsPorts() {
        ProxySettings settings = new ProxySettings(
                "shop",
                "dublin",
                "portolan-proxy",
                Optional.of("127.0.0.1:8081"),
                List.of(
                        new ProxyRoute.Http(
                                new Route.Http("git.example.com", "git", 3000, "/healthz", Optional.empty()), 2),
                        new ProxyRoute.Tcp(
                                new Route.Tcp(2222, "git", 22), 2, "127.0.0.1:2223", Duration.ofSeconds(150))));
        StoredApp app = StoredApp.of(settings)
                .withCommitted(Map.of("git:3000", Map.of(1, "10.213.0.7:3000"), "git:22", Map.of(1, "10.213.0.7:22")));
        String text = new ProxyConfiguration(FOLDER, true, List.of(app.part())).text();
        assertThat(text).contains("""
                            http-request return status 200 if { req.hdr(X-Portolan-Ready) -m str shop:2222 } { srv_is_up(shop.git:22/s1) } { srv_weight(shop.git:22/s1) gt 0 }
                            http-request return status 200 if { req.hdr(X-Portolan-Ready) -m str shop:2222 } { srv_is_up(shop.git:22/s2) } { srv_weight(shop.git:22/s2) gt 0 }
                            http-request return status 503 if { req.hdr(X-Portolan-Ready) -m str shop:2222 }
                            use_backend shop.git:3000 if { var(txn.host) -m str git.example.com }
                            default_backend unknown_host
                        """).contains("""
                        backend shop.git:3000
                            balance roundrobin
                            http-request set-uri /healthz if { req.hdr(X-Portolan-Ready) -m found }
                            option httpchk
                            http-check send meth GET uri /healthz ver HTTP/1.1 hdr Host git.example.com hdr Connection close
                            http-check expect status 200
                            default-server check inter 250ms fastinter 100ms downinter 250ms rise 2 fall 3 pool-max-conn 256
                            server s1 10.213.0.7:3000 id 1
                            server s2 192.0.2.1:9 id 2 disabled
                        """).endsWith("""
                        frontend at_127.0.0.1:2223
                            bind 127.0.0.1:2223
                            default_backend shop.git:22

                        backend shop.git:22
                            balance leastconn
                            retries 300
                            default-server check inter 250ms fastinter 100ms downinter 250ms rise 2 fall 3 pool-max-conn 256
                            server s1 10.213.0.7:22 id 1
                            server s2 192.0.2.1:9 id 2 disabled
                            server :nobody 127.255.255.254:1 backup no-check
                        """);
    }

    @Test
    void withoutRequestsAndQuestionsNothingListensForHttp() {
        assertThat(new ProxyConfiguration(
                                FOLDER, true, List.of(new AppPart("shop", Optional.empty(), "aaaa", List.of(DATABASE))))
                        .text())
                .doesNotContain("http-request set-var")
                .contains("frontend at_127.0.0.1:5433\n");
    }

    @Test
    void aPortThatGoesFromOneServiceToAnotherWaitsUntilThatHasAServer() {
        Backend former = new Backend(
                "shop", "old", 5432, new Protocol.Tcp(5432, "127.0.0.1:5433", Duration.ZERO), 1, new TreeMap<>());
        assertThat(text(DATABASE, former)).contains("""
                        frontend at_127.0.0.1:5433
                            bind 127.0.0.1:5433
                            use_backend shop.db:5432 if { srv_is_up(shop.db:5432/s1) } { srv_weight(shop.db:5432/s1) gt 0 }
                            use_backend shop.db:5432 if { srv_is_up(shop.db:5432/s2) } { srv_weight(shop.db:5432/s2) gt 0 }
                            default_backend shop.old:5432
                        """);
    }

    @Test
    void whatIsInTheSlotsIsNoNewGeneration() {
        ProxyConfiguration before = new ProxyConfiguration(FOLDER, true, List.of(SHOP));
        ProxyConfiguration after = new ProxyConfiguration(
                FOLDER,
                true,
                List.of(SHOP.withEach(backend -> backend.with(Map.of(1, new Slot("10.213.0.9:3000", true))))));
        assertThat(after.generation()).isEqualTo(before.generation());
        assertThat(after.text()).isNotEqualTo(before.text());
    }

    @Test
    void anotherRouteIsANewGeneration() {
        assertThat(new ProxyConfiguration(FOLDER, true, List.of(SHOP, WIKI)).generation())
                .isNotEqualTo(new ProxyConfiguration(FOLDER, true, List.of(SHOP)).generation());
    }

    @Test
    void aDrainingServerKeepsItsSlotWithoutRequests() {
        assertThat(text(WEB.with(Map.of(1, new Slot("10.213.0.9:3000", false)))))
                .contains("server s1 10.213.0.9:3000 id 1 disabled\n");
    }

    @Test
    void aServerThatServesByAnotherCheckIsNotCheckedAndItsSlotSaysSo() {
        assertThat(text(WEB.with(Map.of(1, new Slot("10.213.0.9:3000", true, false)))))
                .contains(
                        "server u1 10.213.0.9:3000 id 1 no-check\n", "srv_weight(shop.web:3000/u1) gt 0", "server s2 ");
    }

    @Test
    void thereIsAlwaysRoomForNewServersBesideThoseInTheSlots() {
        Map<Integer, Slot> four = Map.of(
                1, new Slot("10.213.0.2:3000", true),
                2, new Slot("10.213.0.3:3000", true),
                3, new Slot("10.213.0.4:3000", true),
                4, new Slot("10.213.0.5:3000", true));
        assertThat(text(WEB.with(four)))
                .contains("server s5 192.0.2.1:9 id 5 disabled\n")
                .doesNotContain("server s6");
    }

    @Test
    void aRouteThatTakesOverAHostNameWaitsUntilItHasAServer() {
        Backend renamed = new Backend(
                "shop",
                "storefront",
                3000,
                new Protocol.Http(List.of("shop.example", "*"), "/", Optional.empty()),
                2,
                new TreeMap<>());
        Backend former = new Backend(
                "shop",
                "web",
                3000,
                new Protocol.Http(List.of("shop.example", "*"), "/", Optional.empty()),
                2,
                new TreeMap<>());
        assertThat(new ProxyConfiguration(
                                FOLDER,
                                true,
                                List.of(new AppPart("shop", Optional.of(":80"), "aaaa", List.of(renamed, former))))
                        .text())
                .contains("""
                            use_backend shop.storefront:3000 if { var(txn.host) -m str shop.example } { nbsrv(shop.storefront:3000) gt 0 }
                            use_backend shop.web:3000 if { var(txn.host) -m str shop.example }
                            use_backend shop.storefront:3000 if { nbsrv(shop.storefront:3000) gt 0 }
                            default_backend shop.web:3000
                        """.indent(4).replace("        ", "    "));
    }

    @Test
    void eachAddressThatIsListenedOnIsAFrontend() {
        AppPart elsewhere = new AppPart("wiki", Optional.of("127.0.0.1:9001"), "bbbb", List.of(API));
        assertThat(new ProxyConfiguration(FOLDER, false, List.of(SHOP, elsewhere)).text())
                .contains("frontend at_:80\n    bind :80\n", "frontend at_127.0.0.1:9001\n    bind 127.0.0.1:9001\n")
                .contains("default_backend unknown_host")
                .doesNotContain("uid 65534");
    }

    private static String text(Backend... backends) {
        return new ProxyConfiguration(
                        FOLDER, true, List.of(new AppPart("shop", Optional.of(":80"), "aaaa", List.of(backends))))
                .text();
    }
}
