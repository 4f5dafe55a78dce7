package dev.portolan.demo;

/** An image that the demo needs, and that Docker Hub has under a plain name. */
public enum DemoImage {
    PYTHON("python:3.13-slim", "PYTHON_IMAGE"),
    MEMCACHED("memcached:1.6-alpine", "MEMCACHED_IMAGE"),
    POSTGRES("postgres:17-alpine", "POSTGRES_IMAGE"),
    HAPROXY("haproxy:3.0-alpine", "HAPROXY_IMAGE");

    private final String official;
    private final String variable;

    DemoImage(String official, String variable) {
        this.official = official;
        this.variable = variable;
    }

    /** Its name at Docker Hub. */
    public String official() {
        return official;
    }

    /** The variable of the demo's compose.yaml that holds its name. */
    public String variable() {
        return variable;
    }

    /** The name of our own image with the same interface. */
    String own(String contentHash) {
        return "portolan/" + part() + ":" + contentHash;
    }

    /** Its part of the Dockerfile that makes our own. */
    String part() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
