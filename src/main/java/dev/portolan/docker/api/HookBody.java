package dev.portolan.docker.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.portolan.model.Hook;
import java.util.TreeMap;

/** What the engine is asked to run for a hook. */
final class HookBody {
    private HookBody() {}

    static ObjectNode of(Hook hook) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("AttachStdout", true)
                .put("AttachStderr", true)
                .put("Privileged", hook.privileged());
        hook.user().ifPresent(user -> body.put("User", user));
        hook.workingDirectory().ifPresent(folder -> body.put("WorkingDir", folder));
        ArrayNode environment = body.putArray("Env");
        new TreeMap<>(hook.environment()).forEach((name, value) -> environment.add(name + "=" + value));
        hook.unset().forEach(environment::add); // a name alone takes a variable away
        ContainerBody.strings(body.putArray("Cmd"), hook.command());
        return body;
    }
}
