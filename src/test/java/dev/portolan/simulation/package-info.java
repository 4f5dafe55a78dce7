/**
 * A seeded simulation of the planner and the rollout over an in-memory world: fake hosts, proxies, traffic layer, readers and
 * clock, with faults at every step. Start at {@code RolloutSimulationTest}.
 */
@NullMarked
package dev.portolan.simulation;

import org.jspecify.annotations.NullMarked;
