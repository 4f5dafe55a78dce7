package dev.portolan.plan;

import dev.portolan.model.Dependency;
import dev.portolan.model.Desired;
import dev.portolan.model.Host;
import dev.portolan.model.ReleaseCommand;
import dev.portolan.model.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The release command on one host, and what it needs. A database of the app must be there before its first migration: what the
 * command's service depends on is started when nothing of it runs on the host, of whatever release. What runs stays as it is.
 */
final class BeforeCommand {
    private final Request request;
    private final Desired desired;
    private final Host host;
    private final List<ServiceSituation> situations;
    private final Predicate<ServiceSituation> free;
    private final Optional<ServiceSituation> of;
    private final Set<String> needed = new LinkedHashSet<>();

    /** @param free whether nobody else has what only one service can have, such as a port or a volume */
    BeforeCommand(Request request, Host host, List<ServiceSituation> situations, Predicate<ServiceSituation> free) {
        this.request = request;
        this.desired = request.desired();
        this.host = host;
        this.situations = situations;
        this.free = free;
        this.of = command().flatMap(command -> situation(command.service()));
        of.ifPresent(situation -> need(situation.service()));
    }

    /** Whether it is run on this host. */
    boolean isRun() {
        return of.isPresent();
    }

    /** Whether it is run in a container of this service. */
    boolean isOf(ServiceSituation situation) {
        return of.equals(Optional.of(situation));
    }

    /** Whether the service is started for its sake. */
    boolean starts(ServiceSituation situation) {
        return needed.contains(situation.service().name())
                && !situation.service().job()
                && !situation.routed()
                && !situation.toStart().isEmpty()
                && situation.runningOthers().isEmpty()
                && situation.toStart().size() == situation.wanted().size()
                && situation.inTheWay().isEmpty()
                && free.test(situation);
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        List<Service> services =
                situations.stream().map(ServiceSituation::service).toList();
        Levels.of(services).forEach(level -> {
            List<ServiceSituation> here = situations.stream()
                    .filter(situation -> level.contains(situation.service()) && starts(situation))
                    .toList();
            List<Replica> start = here.stream()
                    .flatMap(situation -> situation.toStart().stream())
                    .toList();
            if (!start.isEmpty()) {
                steps.add(new Step.Start(host.id(), start, desired.rollout().healthy()));
                steps.add(new Step.AwaitHealthy(
                        host.id(), start, desired.rollout().healthy()));
            }
        });
        command()
                .ifPresent(command -> of.ifPresent(situation -> steps.add(new Step.RunReleaseCommand(
                        host.id(), situation.service(), command, request.command() == Request.Command.GO_ON))));
        return steps;
    }

    private Optional<ReleaseCommand> command() {
        return desired.releaseCommand()
                .filter(command -> request.command() != Request.Command.LEAVE_OUT
                        && desired.keeper().equals(host));
    }

    private void need(Service service) {
        for (Dependency dependency : service.dependencies()) {
            if (needed.add(dependency.service())) {
                situation(dependency.service()).ifPresent(found -> need(found.service()));
            }
        }
    }

    private Optional<ServiceSituation> situation(String service) {
        return situations.stream()
                .filter(situation -> situation.service().name().equals(service))
                .findFirst();
    }
}
