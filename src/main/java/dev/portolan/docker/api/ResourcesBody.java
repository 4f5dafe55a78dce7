package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.BlockDevices;
import dev.portolan.model.ContainerSpec.Resources;
import dev.portolan.model.MemoryPressure;
import dev.portolan.model.Processors;
import java.util.List;
import java.util.TreeMap;

/** Limits in the engine's words. */
final class ResourcesBody {

    private ResourcesBody() {}

    static void into(ObjectNode host, Resources resources) {
        host.put("Memory", resources.memoryBytes());
        host.put("MemoryReservation", resources.memoryReservationBytes());
        host.put("NanoCpus", resources.nanoCpus());
        ContainerBody.number(host, "PidsLimit", resources.pids());
        ContainerBody.number(host, "ShmSize", resources.shmBytes());
        if (!resources.ulimits().isEmpty()) {
            ArrayNode ulimits = host.putArray("Ulimits");
            new TreeMap<>(resources.ulimits())
                    .forEach((name, limit) -> ulimits.addObject()
                            .put("Name", name)
                            .put("Soft", limit.soft())
                            .put("Hard", limit.hard()));
        }
        ContainerBody.texts(host, "Sysctls", resources.sysctls());
        ContainerBody.text(host, "CgroupParent", resources.parentGroup().orElse(""));
        resources.processors().ifPresent(processors -> processors(host, processors));
        host.put(
                "OomKillDisable",
                resources.pressure().map(MemoryPressure::neverKilled).orElse(false));
        resources.pressure().ifPresent(pressure -> pressure(host, pressure));
        resources.blockDevices().ifPresent(devices -> blockDevices(host, devices));
    }

    private static void processors(ObjectNode host, Processors processors) {
        ContainerBody.number(host, "CpuShares", processors.shares());
        ContainerBody.number(host, "CpuPeriod", processors.periodMicros());
        ContainerBody.number(host, "CpuQuota", processors.quotaMicros());
        ContainerBody.number(host, "CpuRealtimePeriod", processors.realtimePeriodMicros());
        ContainerBody.number(host, "CpuRealtimeRuntime", processors.realtimeMicros());
        ContainerBody.text(host, "CpusetCpus", processors.allowed());
        ContainerBody.number(host, "CpuCount", processors.count());
        ContainerBody.number(host, "CpuPercent", processors.hundredthsOfPercent());
    }

    private static void pressure(ObjectNode host, MemoryPressure pressure) {
        ContainerBody.number(host, "MemorySwap", pressure.swapBytes());
        ContainerBody.number(host, "MemorySwappiness", pressure.swappiness());
        ContainerBody.number(host, "OomScoreAdj", pressure.score());
    }

    private static void blockDevices(ObjectNode host, BlockDevices devices) {
        ContainerBody.number(host, "BlkioWeight", devices.weight());
        if (!devices.weights().isEmpty()) {
            ArrayNode weights = host.putArray("BlkioWeightDevice");
            devices.weights()
                    .forEach(weight ->
                            weights.addObject().put("Path", weight.path()).put("Weight", weight.weight()));
        }
        rates(host, "BlkioDeviceReadBps", devices.readBytes());
        rates(host, "BlkioDeviceReadIOps", devices.readOperations());
        rates(host, "BlkioDeviceWriteBps", devices.writeBytes());
        rates(host, "BlkioDeviceWriteIOps", devices.writeOperations());
    }

    private static void rates(ObjectNode host, String name, List<BlockDevices.Rate> rates) {
        if (!rates.isEmpty()) {
            ArrayNode limits = host.putArray(name);
            rates.forEach(rate -> limits.addObject().put("Path", rate.path()).put("Rate", rate.perSecond()));
        }
    }
}
