package dev.portolan.cli.render;

import static dev.portolan.cli.render.Story.NEW;
import static dev.portolan.cli.render.Story.NOON;
import static dev.portolan.cli.render.Story.OLD;
import static dev.portolan.cli.render.Story.PLAIN;
import static dev.portolan.testing.Examples.hostOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portolan.cli.render.Event.Chapter;
import dev.portolan.deploy.Changes;
import dev.portolan.deploy.Finding;
import dev.portolan.deploy.Notice;
import dev.portolan.deploy.ServiceChange;
import dev.portolan.deploy.ServiceChange.Kind;
import dev.portolan.deploy.Status;
import dev.portolan.journal.History;
import dev.portolan.journal.JournalEntry;
import dev.portolan.journal.Lease;
import dev.portolan.logs.LogEntry;
import dev.portolan.logs.LogSource;
import dev.portolan.model.ExitCode;
import dev.portolan.model.InvalidConfiguration;
import dev.portolan.model.Problem;
import dev.portolan.model.Route;
import dev.portolan.model.SourceLocation;
import dev.portolan.model.TrafficState.PoolState;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.rollout.RolloutEvent;
import dev.portolan.rollout.RolloutState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EventTextTest {
    private static final Changes CHANGES = new Changes(
            List.of(
                    new ServiceChange("web", Kind.CHANGED, List.of("image shop:1 -> shop:2"), List.of("sydney")),
                    new ServiceChange("cache", Kind.UNTOUCHED, List.of(), List.of())),
            List.of("routes"));

    @Test
    void aPlanSaysWhatChangesThenEveryStep() {
        assertThat(text(new Event.Planned(Story.PLAN, CHANGES))).isEqualTo("""
                release bbbbbbbbbb, in place of aaaaaaaaaa
                  web: changed in sydney (image shop:1 -> shop:2)
                  cache: untouched
                  routes
                warning: nobody serves the readers of sydney meanwhile

                wave 1 of 2: sydney, then watched for 10s
                  sydney/local: drain shop-sydney-web-1 (up to 30s)
                wave 2 of 2: dublin, then watched for 10s
                  dublin/local: drain shop-dublin-web-1 (up to 30s)
                last, on all hosts at once: commit release bbbbbbbbbb
                """);
    }

    @Test
    void anEmptyPlanIsNothingToDo() {
        Plan empty = new Plan(
                "shop",
                Optional.of(NEW),
                Optional.of(NEW),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());

        assertThat(text(new Event.Planned(empty, Changes.NONE)))
                .isEqualTo("nothing to do: bbbbbbbbbb serves everywhere\n");
    }

    @Test
    void aRolloutIsALineAStep() {
        assertThat(text(Story.good())).isEqualTo("""
                wave 1 of 2: sydney
                    sydney/local: 2 requests left
                  ✔ sydney/local: drain shop-sydney-web-1 (up to 30s) (1.2s)
                  watching sydney for 10s
                  ✔ sydney: 1,200 requests, 0 failed
                wave 2 of 2: dublin
                  ✔ dublin/local: drain shop-dublin-web-1 (up to 30s) (90ms)
                committed: bbbbbbbbbb serves in all regions
                done: 4,210 requests, 0 failed in 12.3s
                """);
    }

    @Test
    void aFailedRolloutSaysWhyAndThatEverythingIsAsBefore() {
        assertThat(text(Story.bad())).isEqualTo("""
                wave 1 of 2: sydney
                  ✘ sydney/local: drain shop-sydney-web-1 (up to 30s): the proxy does not answer
                going back: the proxy does not answer
                  ✔ sydney/local: drain shop-sydney-web-1 (up to 30s) (1m15s)
                rolled back: everything serves as before; 4,210 requests, 0 failed in 12.3s
                  because the proxy does not answer
                """);
    }

    @Test
    void aStuckRolloutSaysWhatToDo() {
        assertThat(text(List.of(
                        new RolloutEvent.Ended(Story.result(RolloutState.STUCK, Optional.of("sydney is away"))))))
                .isEqualTo("""
                        stuck: a person has to act; 4,210 requests, 0 failed in 12.3s
                          because sydney is away
                          see what serves now with: portolan status, correct it, then: portolan deploy, or portolan rollback
                        """);
    }

    @Test
    void statusIsOneScreen() {
        var web = new Status.ServiceReport("web", 2, 2, 2, 0, 2, true);
        var worker = new Status.ServiceReport("worker", 1, 1, 0, 0, 0, false);
        var report = new Status.Report(
                "shop",
                Optional.of(NEW),
                Optional.of(NOON),
                Optional.of(new Lease.Owner("t", "ann@box", "box", 42, "deploy", NOON, 3)),
                List.of(
                        new Status.RouteReport(
                                new Route.Http("shop.example", "web", 3000, "/up", Optional.empty()),
                                List.of("localhost:8080")),
                        new Status.RouteReport(
                                new Route.Tcp(2222, "web", 22), List.of("127.0.0.1:2222", "127.0.0.1:2223"))),
                List.of(
                        new Status.RegionReport(
                                "dublin",
                                true,
                                Optional.of(PoolState.UP),
                                List.of(new Status.HostReport(
                                        "local",
                                        Optional.empty(),
                                        Optional.of(NEW),
                                        List.of(web, worker),
                                        Optional.of(NOON.plusSeconds(60)),
                                        667))),
                        new Status.RegionReport(
                                "sydney",
                                false,
                                Optional.of(PoolState.DRAINED),
                                List.of(
                                        new Status.HostReport(
                                                "10.0.0.1",
                                                Optional.empty(),
                                                Optional.of(OLD),
                                                List.of(web),
                                                Optional.empty(),
                                                333),
                                        new Status.HostReport(
                                                "10.0.0.2", Optional.of("no route"), Optional.empty(), List.of())))),
                List.of("dublin/local: worker has 0 of 1 healthy; bring it back with: portolan deploy"));

        assertThat(text(new Event.StatusSeen(report, NOON.plus(Duration.ofMinutes(61)))))
                .isEqualTo("""
                shop  release bbbbbbbbbb, serving for 1h01m
                locked by ann@box for deploy, since 12:00:00

                REGION            HOST      READERS  SHARE  SERVICE          HEALTHY  RELEASE     AGE
                dublin (primary)  local     served   67%    web              2/2      bbbbbbbbbb  1h00m  +2 kept
                                                            worker           0/1      bbbbbbbbbb
                sydney            10.0.0.1  drained  33%    web              2/2      aaaaaaaaaa  -      +2 kept
                                  10.0.0.2           -      does not answer

                ROUTE              SERVICE   READERS AT
                http shop.example  web:3000  localhost:8080
                tcp 2222           web:22    127.0.0.1:2222, 127.0.0.1:2223

                ! dublin/local: worker has 0 of 1 healthy; bring it back with: portolan deploy
                """);
    }

    @Test
    void historySaysWhoWhenWhatAndHowItWent() {
        assertThat(text(new Event.HistorySeen(List.of(chapter(failed()), chapter(open())))))
                .isEqualTo("""
                r2  2026-11-24 12:00:00  deploy aaaaaaaaaa -> bbbbbbbbbb by ann@box: rolled back in 5.0s
                  changed: web: changed in sydney (image shop:1 -> shop:2), routes
                  during it: 120 requests, 1 failed
                  because web is not healthy
                r3  2026-11-24 12:00:00  deploy aaaaaaaaaa -> bbbbbbbbbb by ann@box: did not come to its end
                  changed: web: changed in sydney (image shop:1 -> shop:2), routes
                """);
        assertThat(text(new Event.HistorySeen(List.of(chapter(takenDown()))))).isEqualTo("""
                r3  2026-11-24 12:00:00  deploy aaaaaaaaaa -> bbbbbbbbbb by ann@box: did not come to its end
                  changed: web: changed in sydney (image shop:1 -> shop:2), routes
                  then taken off its hosts by bob@box, 2026-11-24 12:00:09
                """);
        assertThat(text(new Event.HistorySeen(List.of())))
                .isEqualTo("nothing was deployed yet; deploy it with: portolan deploy\n");
    }

    @Test
    void aChapterHasEveryStep() {
        assertThat(text(new Event.ChapterSeen(chapter(failed())))).isEqualTo("""
                r2  2026-11-24 12:00:00  deploy aaaaaaaaaa -> bbbbbbbbbb by ann@box: rolled back in 5.0s
                  changed: web: changed in sydney (image shop:1 -> shop:2), routes
                  during it: 120 requests, 1 failed
                  because web is not healthy
                  12:00:00  plan: wave 1 of 1: dublin
                  12:00:01  ✔ dublin/local: start web (1.0s)
                  12:00:02  ✘ dublin/local: wait: web is not healthy
                  12:00:03  going back: web is not healthy
                  12:00:05  ended: rolled back
                """);
    }

    @Test
    void whatIsWrongInAPlaceThatOthersShareIsToldOnce() {
        SourceLocation shared = new SourceLocation("compose.yaml", 3, 5);
        assertThat(text(new Event.Failed(new InvalidConfiguration(List.of(
                        Problem.error(shared, "services/a/x", "unknown key", "remove it"),
                        Problem.error(shared, "services/b/x", "unknown key", "remove it"),
                        Problem.error(shared, "services/b/x", "too long", "shorten it"),
                        Problem.error(shared, "x-shared/x", "unknown key", "remove it"),
                        Problem.error(SourceLocation.wholeFile("portolan.yml"), "a", "is empty", "write one"),
                        Problem.error(SourceLocation.wholeFile("portolan.yml"), "b", "is empty", "write one"))))))
                .isEqualTo("""
                        compose.yaml:3:5: services/a/x and 2 others that share it: unknown key; remove it
                        compose.yaml:3:5: services/b/x: too long; shorten it
                        portolan.yml: a: is empty; write one
                        portolan.yml: b: is empty; write one
                          correct the places above and run the command again; nothing was changed
                        """);
    }

    @Test
    void errorsSayWhatWhereAndWhatToDo() {
        assertThat(text(new Event.Failed(new UserError("no engine", "start one"))))
                .isEqualTo("""
                error: no engine
                  start one
                """);
        assertThat(text(new Event.Failed(new InvalidConfiguration(List.of(
                        Problem.error(
                                new SourceLocation("compose.yaml", 3, 5), "services/web/x", "unknown key", "remove it"),
                        Problem.warning(new SourceLocation("compose.yaml", 1, 1), "version", "obsolete", "remove it"),
                        Problem.error(SourceLocation.wholeFile("portolan.yml"), "", "is empty", "write one"))))))
                .isEqualTo("""
                        compose.yaml:3:5: services/web/x: unknown key; remove it
                        warning: compose.yaml:1:1: version: obsolete; remove it
                        portolan.yml: is empty; write one
                          correct the places above and run the command again; nothing was changed
                        """);
    }

    @Test
    void smallThingsAreOneLine() {
        var source = new LogSource(hostOf("dublin"), "web", 1, "shop-dublin-web-1");
        assertThat(text(new Event.LogSeen(new LogEntry(source, "2026-11-24T12:00:00Z", false, "ready"))))
                .isEqualTo("dublin/web-1 | ready\n");
        assertThat(text(new Event.LockSeen("shop", Optional.empty()))).isEqualTo("shop is not locked\n");
        assertThat(text(new Event.Noticed(new Notice.TornLine("{\"ent"))))
                .isEqualTo("! the last line of the journal was torn by a power cut and was taken off: {\"ent\n");
        assertThat(text(new Event.Noticed(new Notice.OpenRollout(open()))))
                .isEqualTo("! the deploy of release bbbbbbbbbb by ann@box did not come to its end\n");
        assertThat(text(new Event.Noticed(new Notice.PuttingRight(open()))))
                .isEqualTo("! first, what it had begun is put back to release aaaaaaaaaa\n");
        assertThat(text(new Event.Ended(Summary.of("done", ExitCode.DONE)))).isEmpty();
    }

    @Test
    void findingsAreGradedAndSayWhatToDo() {
        assertThat(text(new Event.Examined(List.of(
                        new Finding(Finding.Grade.GOOD, "engine", "Docker Engine 20.10", ""),
                        new Finding(Finding.Grade.ADVICE, "live restore", "off", "switch it on"),
                        new Finding(Finding.Grade.WRONG, "disk", "0.1 GB free", "make room")))))
                .isEqualTo("""
                        ✔ engine: Docker Engine 20.10
                        ! live restore: off
                            switch it on
                        ✘ disk: 0.1 GB free
                            make room
                        """);
    }

    @Test
    void coloursAreOnlyInTheColouredStyle() {
        Event event = new Event.Failed(new UserError("no engine", "start one"));

        assertThat(new EventText(Story.COLOURED).of(event)).first().isEqualTo("\u001b[31merror\u001b[0m: no engine");
        assertThat(new EventText(PLAIN).of(event)).first().isEqualTo("error: no engine");
    }

    private static Chapter chapter(History.Rollout rollout) {
        return new Chapter(rollout, Optional.of(CHANGES));
    }

    private static JournalEntry.Started started(String id) {
        return new JournalEntry.Started(
                id,
                NOON,
                JournalEntry.Purpose.DEPLOY,
                "ann@box",
                Optional.of(OLD),
                NEW,
                Duration.ofMinutes(10),
                List.of("wave 1 of 1: dublin"));
    }

    private static History.Rollout open() {
        return History.of(List.of(started("r3"))).rollouts().getFirst();
    }

    private static History.Rollout takenDown() {
        return History.of(List.of(started("r3"), new JournalEntry.Removed("removal-1", NOON.plusSeconds(9), "bob@box")))
                .rollouts()
                .getFirst();
    }

    private static History.Rollout failed() {
        return History.of(List.of(
                        started("r2"),
                        new JournalEntry.Intended("r2", NOON, "dublin/local", "start web"),
                        new JournalEntry.Done(
                                "r2", NOON.plusSeconds(1), "dublin/local", "start web", Duration.ofSeconds(1)),
                        new JournalEntry.Failed(
                                "r2", NOON.plusSeconds(2), "dublin/local", "wait", "web is not healthy"),
                        new JournalEntry.GoingBack("r2", NOON.plusSeconds(3), "web is not healthy"),
                        new JournalEntry.Ended(
                                "r2",
                                NOON.plusSeconds(5),
                                JournalEntry.Outcome.ROLLED_BACK,
                                Optional.of("web is not healthy"),
                                120,
                                1)))
                .rollouts()
                .getFirst();
    }

    private static String text(List<RolloutEvent> events) {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(text(new Event.Rolled(event))));
        return text.toString();
    }

    private static String text(Event event) {
        StringBuilder text = new StringBuilder();
        new EventText(PLAIN).of(event).forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
