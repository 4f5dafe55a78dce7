package dev.portolan.cli;

import dev.portolan.cli.render.Display;
import dev.portolan.cli.render.Summary;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.ProxyPorts;
import dev.portolan.model.Route;
import dev.portolan.model.TrafficSettings;
import dev.portolan.setup.Consent;
import java.util.Optional;
import java.util.function.Function;

/** {@code portolan up}. */
final class UpCommand implements Command {

    @Override
    public Usage usage() {
        return Usage.of(
                        CommandName.UP,
                        "Runs the app of this folder in regions on this machine, with an edge in front of them, and says"
                                + " where it is. Needs only a compose.yaml; with a portolan.yml it does what deploy does."
                                + " Starts a Docker Engine first, or installs one, if none answers.")
                .flag("-y, --yes", "Do not ask before an engine is installed.")
                .examples("portolan up", "portolan up -C examples/shop --yes");
    }

    @Override
    public Summary run(Session session) {
        boolean ask = !session.arguments().flag("--yes")
                && !session.json()
                && session.surroundings().canAsk();
        Consent consent = ask ? question -> Question.ask(session.surroundings(), question) : Consent.GIVEN;
        session.parts().setup().ensure(consent, session.display()::say);
        Desired desired = session.desired();
        Summary summary = DeployCommand.deploy(session, desired, Optional.empty(), true);
        if (summary.exit() == 0) {
            addresses(session.display(), desired);
        }
        return summary;
    }

    private static void addresses(Display display, Desired desired) {
        boolean edge = desired.traffic() instanceof TrafficSettings.Edge;
        if (!Route.http(desired.routes()).isEmpty()) {
            if (desired.traffic() instanceof TrafficSettings.Edge(int port)) {
                display.say("the app: http://localhost:" + port + "/");
            }
            regions(display, desired, host -> "http://" + ProxyPorts.originOf(desired, host) + "/");
        }
        for (Route.Tcp route : Route.tcp(desired.routes())) {
            if (edge) {
                display.say(route.service() + ": tcp://localhost:" + route.listen());
            }
            regions(
                    display,
                    desired,
                    host -> (edge ? "" : route.service() + ": ") + "tcp://"
                            + ProxyPorts.originOf(desired, host, route));
        }
    }

    private static void regions(Display display, Desired desired, Function<Host, String> address) {
        desired.regions()
                .forEach(region -> display.say("  " + region.name() + ": "
                        + address.apply(region.hosts().getFirst())));
    }
}
