package dev.portolan.rollout;

import dev.portolan.model.HostId;
import dev.portolan.plan.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the hosts have to be told at the decision. A rollout plans more than once; of each host the latest word counts, and a host
 * that a later plan finds as it should be is told all the same: its containers may have been made anew since it was told last.
 */
final class Commits {
    private final Map<HostId, Step.Commit> byHost = new LinkedHashMap<>();

    void plan(List<Step.Commit> commits) {
        commits.forEach(commit -> byHost.put(commit.host(), commit));
    }

    List<Step.Commit> toTell() {
        return List.copyOf(byHost.values());
    }

    /** Every host has been told, or is not to be. */
    void forget() {
        byHost.clear();
    }
}
