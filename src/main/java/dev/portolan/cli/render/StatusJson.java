package dev.portolan.cli.render;

import static dev.portolan.cli.render.JsonLines.named;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.deploy.Status;
import dev.portolan.model.Route;

/** What serves where, as JSON. */
final class StatusJson {
    private StatusJson() {}

    static ObjectNode of(Status.Report report) {
        ObjectNode node = named("status").put("app", report.app());
        report.committed().ifPresent(release -> node.put("release", release.value()));
        report.committedAt().ifPresent(at -> node.put("committedAt", at.toString()));
        report.lockedBy().ifPresent(owner -> JsonLines.owner(node.putObject("lockedBy"), owner));
        ArrayNode routes = node.putArray("routes");
        report.routes().forEach(route -> route(routes.addObject(), route));
        ArrayNode regions = node.putArray("regions");
        report.regions().forEach(region -> region(regions.addObject(), region));
        JsonLines.strings(node.putArray("problems"), report.problems());
        return node;
    }

    private static void route(ObjectNode node, Status.RouteReport report) {
        Route route = report.route();
        switch (route) {
            case Route.Http http -> node.put("host", http.host());
            case Route.Tcp tcp -> node.put("tcp", tcp.listen());
        }
        node.put("service", route.service()).put("port", route.port());
        JsonLines.strings(node.putArray("readersAt"), report.readersAt());
    }

    private static void region(ObjectNode node, Status.RegionReport region) {
        node.put("region", region.region()).put("primary", region.primary());
        region.traffic().ifPresent(traffic -> node.put("traffic", JsonLines.word(traffic)));
        ArrayNode hosts = node.putArray("hosts");
        region.hosts().forEach(host -> {
            ObjectNode one = hosts.addObject()
                    .put("host", host.host())
                    .put("answers", host.unreachable().isEmpty());
            host.unreachable().ifPresent(reason -> one.put("reason", reason));
            host.committed().ifPresent(release -> one.put("release", release.value()));
            host.since().ifPresent(at -> one.put("since", at.toString()));
            one.put("requests", host.requests());
            ArrayNode services = one.putArray("services");
            host.services()
                    .forEach(service -> services.addObject()
                            .put("service", service.service())
                            .put("wanted", service.wanted())
                            .put("running", service.running())
                            .put("healthy", service.healthy())
                            .put("kept", service.kept())
                            .put("routed", service.routed()));
        });
    }
}
