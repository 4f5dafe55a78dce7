package dev.portolan.deploy;

import dev.portolan.fleet.Fleet;
import dev.portolan.model.PortsTaken;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.plan.Step;
import java.util.ArrayList;
import java.util.List;

/** Sees before anything happens that nobody else listens where a plan sets up a proxy or the edge. */
final class FreePorts {

    private FreePorts() {}

    /** @throws UserError naming every port that somebody else has, and what it is for */
    static void require(Plan plan, Fleet fleet) {
        List<String> binds = new ArrayList<>();
        List<String> purposes = new ArrayList<>();
        plan.steps().forEach(step -> {
            if (step instanceof Step.PrepareTraffic(var pools)) {
                fleet.traffic().taken(pools).forEach(bind -> {
                    binds.add(bind);
                    purposes.add("port " + portOf(bind) + ", which the edge needs");
                });
            }
            if (step instanceof Step.PrepareProxy(var host, var settings)) {
                fleet.on(host).proxy().taken(settings).forEach(bind -> {
                    binds.add(bind);
                    purposes.add("port " + portOf(bind) + ", which the proxy of " + host + " needs");
                });
            }
        });
        if (!binds.isEmpty()) {
            throw new UserError(PortsTaken.message(purposes), "nothing was changed; " + PortsTaken.remedy(binds));
        }
    }

    private static String portOf(String bind) {
        return bind.substring(bind.lastIndexOf(':') + 1);
    }
}
