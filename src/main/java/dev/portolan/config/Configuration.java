package dev.portolan.config;

import dev.portolan.compose.ComposeProject;
import dev.portolan.model.Desired;
import dev.portolan.model.Problem;
import java.util.List;
import java.util.Map;

/**
 * What the configuration files ask for.
 *
 * @param desired in full
 * @param projects the Compose project of each region, by region name, for {@code portolan config}
 * @param warnings what is worth a look and does not stop a command
 */
public record Configuration(Desired desired, Map<String, ComposeProject> projects, List<Problem> warnings) {}
