package dev.portolan.compose;

import dev.portolan.yaml.YamlNode;
import dev.portolan.yaml.YamlNode.Entry;
import dev.portolan.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Optional;

/** Keys that exclude each other, or of which one must be there. */
final class ResourceCheck {
    private final Problems problems;

    private ResourceCheck(Problems problems) {
        this.problems = problems;
    }

    static void check(Mapping root, Problems problems) {
        ResourceCheck check = new ResourceCheck(problems);
        check.each(root, KeyPath.of("volumes"), check::volume);
        check.each(
                root,
                KeyPath.of("configs"),
                (entry, path) -> check.content(entry, path, "file", "environment", "content"));
        check.each(root, KeyPath.of("secrets"), (entry, path) -> check.content(entry, path, "file", "environment"));
        check.each(root, KeyPath.of("services"), check::service);
    }

    private interface Check {
        void of(Mapping mapping, KeyPath path);
    }

    private void each(Mapping parent, KeyPath path, Check check) {
        for (Entry entry : Trees.entries(parent, path.last())) {
            if (entry.value() instanceof Mapping inner) {
                check.of(new Mapping(inner.entries(), entry.keyLocation()), path.child(entry.key()));
            }
        }
        List<YamlNode> items = Trees.items(parent, path.last());
        for (int index = 0; index < items.size(); index++) {
            if (items.get(index) instanceof Mapping item) {
                check.of(item, path.child(index));
            }
        }
    }

    private void volume(Mapping volume, KeyPath path) {
        if (!isTrue(volume.value("external"))) {
            return;
        }
        for (Entry entry : volume.entries()) {
            if (!entry.key().equals("name")
                    && !entry.key().equals("external")
                    && !Specification.isExtension(entry.key())) {
                problems.error(
                        entry.keyLocation(),
                        path.child(entry.key()),
                        "an external volume has only a name",
                        "remove it, or remove external");
            }
        }
    }

    private static boolean isTrue(Optional<YamlNode> node) {
        return node.map(Trees::text).orElse("").equals("true");
    }

    private void content(Mapping entry, KeyPath path, String... sources) {
        List<String> given = List.of(sources).stream()
                .filter(key -> entry.entry(key).isPresent())
                .toList();
        if (given.size() > 1) {
            problems.error(
                    entry.entry(given.get(1)).map(Entry::keyLocation).orElse(entry.location()),
                    path,
                    String.join(" and ", given) + " exclude each other",
                    "keep one of them");
        }
        if (given.isEmpty()
                && entry.entry("driver").isEmpty()
                && entry.entry("external").isEmpty()) {
            problems.error(entry.location(), path, "it has no content", "add " + String.join(" or ", sources));
        }
    }

    private void service(Mapping service, KeyPath path) {
        each(service, path.child("ports"), this::port);
        each(service, path.child("gpus"), this::device);
        KeyPath develop = path.child("develop");
        Trees.section(service, "develop").ifPresent(section -> each(section, develop.child("watch"), this::watch));
        KeyPath devices =
                path.child("deploy").child("resources").child("reservations").child("devices");
        Trees.section(service, "deploy")
                .flatMap(deploy -> Trees.section(deploy, "resources"))
                .flatMap(resources -> Trees.section(resources, "reservations"))
                .ifPresent(reservations -> each(reservations, devices, this::device));
    }

    private void port(Mapping port, KeyPath path) {
        Optional<YamlNode> address = port.value("host_ip");
        if (address.filter(Trees::isText).isPresent() && !Addresses.isOne(Trees.text(address.get()))) {
            problems.error(
                    address.get().location(),
                    path.child("host_ip"),
                    "\"" + Trees.text(address.get()) + "\" is no address",
                    "write an IP address of the host");
        }
    }

    private void device(Mapping device, KeyPath path) {
        if (device.entry("count").isPresent() && device.entry("device_ids").isPresent()) {
            problems.error(device.location(), path, "count and device_ids exclude each other", "keep one of them");
        }
    }

    private void watch(Mapping watch, KeyPath path) {
        watch.value("path")
                .filter(value -> Trees.isText(value) && Trees.text(value).isEmpty())
                .ifPresent(value ->
                        problems.error(value.location(), path.child("path"), "the path is empty", "write a path"));
    }
}
