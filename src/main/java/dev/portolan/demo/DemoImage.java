package dev.portolan.demo;

import java.util.List;

/** An image that the demo needs, and that Docker Hub has under a plain name. */
public enum DemoImage {
    PYTHON("python:3.13-slim", "PYTHON_IMAGE", "Python", "python3 python3-psycopg2"),
    MEMCACHED("memcached:1.6-alpine", "MEMCACHED_IMAGE", "memcached", "memcached"),
    POSTGRES("postgres:17-alpine", "POSTGRES_IMAGE", "PostgreSQL", "postgresql"),
    HAPROXY("haproxy:3.0-alpine", "HAPROXY_IMAGE", "HAProxy", "haproxy");

    private final String official;
    private final String variable;
    private final String title;
    private final String packages;

    DemoImage(String official, String variable, String title, String packages) {
        this.official = official;
        this.variable = variable;
        this.title = title;
        this.packages = packages;
    }

    /** Its name at Docker Hub. */
    public String official() {
        return official;
    }

    /** The variable of the demo's compose.yaml that holds its name. */
    public String variable() {
        return variable;
    }

    /** What is in it, for a person. */
    String title() {
        return title;
    }

    /** The distribution's packages that our own is made from, apart from those of every image. */
    List<String> packages() {
        return List.of(packages.split(" ", -1));
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
