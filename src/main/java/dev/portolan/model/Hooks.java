package dev.portolan.model;

import java.util.List;

/**
 * What is run in the containers of a service besides their own processes.
 *
 * @param postStart after each start, one after the other; one that fails fails the start
 * @param preStop before each stop, one after the other; one that fails does not keep the container from being stopped
 */
public record Hooks(List<Hook> postStart, List<Hook> preStop) {

    public Hooks {
        postStart = List.copyOf(postStart);
        preStop = List.copyOf(preStop);
    }
}
