package dev.portolan.cli;

import dev.portolan.demo.DemoImage;
import dev.portolan.demo.DemoImages;
import dev.portolan.docker.ContainerEngine;
import dev.portolan.setup.LocalMachine;
import dev.portolan.testing.TestImages;
import java.nio.file.Path;
import java.util.Set;

/** A small app for tests of the command line: its page says the region and the version. */
final class PagesApp {
    private PagesApp() {}

    /**
     * Its Compose file, once the engine has the images for it and for proxies.
     *
     * @param port that its page is published at
     */
    static String compose(ContainerEngine engine, int port) {
        String busybox = TestImages.busybox(engine);
        new DemoImages(engine, new LocalMachine(), Path.of("/var/lib/portolan-test"))
                .ensure(Set.of(DemoImage.HAPROXY), line -> {});
        return """
            services:
              web:
                image: %s
                init: true
                command:
                  - sh
                  - -c
                  - mkdir -p /tmp/www && echo "$$PORTOLAN_REGION ${VERSION}" > /tmp/www/index.html
                    && echo "${VERSION} serves" && exec httpd -f -p 3000 -h /tmp/www
                ports: ["%d:3000"]
                environment: [PORTOLAN_REGION]
                stop_grace_period: 1s
              worker:
                image: %s
                init: true
                command: [sh, -c, "echo works; exec sleep 10000"]
                stop_grace_period: 1s
            """.formatted(busybox, port, busybox);
    }
}
