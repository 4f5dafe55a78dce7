package dev.portolan.cli.render;

import dev.portolan.deploy.Changes;
import dev.portolan.deploy.Comparison;
import dev.portolan.deploy.Finding;
import dev.portolan.deploy.Notice;
import dev.portolan.deploy.Status;
import dev.portolan.journal.History;
import dev.portolan.journal.Lease;
import dev.portolan.load.LoadReport;
import dev.portolan.logs.LogEntry;
import dev.portolan.model.Problem;
import dev.portolan.model.UserError;
import dev.portolan.plan.Plan;
import dev.portolan.rollout.RolloutEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One thing that a command says, as data. Each way to show it is a switch over this type. */
public sealed interface Event {

    /** @param text one line for a person */
    record Said(String text) implements Event {}

    /** What is worth a look and does not stop the command. */
    record Warned(Problem problem) implements Event {}

    record Noticed(Notice notice) implements Event {}

    /** What a rollout will do. */
    record Planned(Plan plan, Changes changes) implements Event {}

    record Rolled(RolloutEvent event) implements Event {}

    /** @param now for ages */
    record StatusSeen(Status.Report report, Instant now) implements Event {}

    /** @param chapters the newest first */
    record HistorySeen(List<Chapter> chapters) implements Event {}

    /** One rollout with every line of its journal. */
    record ChapterSeen(Chapter chapter) implements Event {}

    /** Two releases side by side. */
    record DiffSeen(Comparison.Result result) implements Event {}

    record LogSeen(LogEntry entry) implements Event {}

    /**
     * Output of a command in a container, where it is not handed through as it is.
     *
     * @param content a line with its end, or a part of one
     */
    record OutputSeen(boolean error, ByteBuffer content) implements Event {}

    /** @param holder empty when nobody has it */
    record LockSeen(String app, Optional<Lease.Owner> holder) implements Event {}

    record Examined(List<Finding> findings) implements Event {}

    /**
     * A secret in a file; never its value.
     *
     * @param set when it got the value that it has, where that is asked for
     * @param earlier how many earlier values are kept
     */
    record SecretSeen(String file, String name, int version, Optional<Instant> set, int earlier) implements Event {}

    /** How readers fare so far. */
    record LoadSeen(LoadReport report) implements Event {}

    /** How readers fared. */
    record LoadEnded(LoadReport report) implements Event {}

    /** The command failed. */
    record Failed(UserError error) implements Event {}

    /** Always the last one. */
    record Ended(Summary summary) implements Event {}

    /**
     * A rollout of the past.
     *
     * @param changes what it changed; empty when a release of it is not stored any more
     */
    record Chapter(History.Rollout rollout, Optional<Changes> changes) {}
}
