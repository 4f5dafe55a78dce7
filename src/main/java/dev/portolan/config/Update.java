package dev.portolan.config;

import dev.portolan.model.UpdateOrder;
import java.time.Duration;

/** How a service's containers are replaced. */
record Update(UpdateOrder order, Duration settle) {}
