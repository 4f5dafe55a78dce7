package dev.portolan.compose;

import static dev.portolan.compose.ProjectFolder.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.portolan.compose.ComposeService.Restart;
import dev.portolan.compose.ServiceDependency.Condition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as real apps write them. */
class RealAppsTest {
    @TempDir
    Path parent;

    private ProjectFolder folder;

    @BeforeEach
    void makeFolder() {
        folder = new ProjectFolder(parent);
    }

    @Test
    void aRailsAppWithAWorkerAndMigrations() {
        folder.file(".env", "RAILS_MASTER_KEY=abc\nPOSTGRES_PASSWORD='s3cr$t'\n")
                .file("compose.yaml", """
                        x-rails: &rails
                          build:
                            context: .
                            args:
                              RUBY_VERSION: ${RUBY_VERSION:-3.4}
                          environment: &rails-env
                            RAILS_ENV: production
                            RAILS_MASTER_KEY:
                            DATABASE_URL: postgres://app:${POSTGRES_PASSWORD:?set it}@db/app
                            RAILS_LOG_TO_STDOUT: 1
                          depends_on:
                            db: { condition: service_healthy }
                            migrate: { condition: service_completed_successfully }
                          restart: unless-stopped

                        services:
                          web:
                            <<: *rails
                            command: bin/rails server -b 0.0.0.0 -p 3000
                            ports: [ "3000:3000" ]
                            healthcheck:
                              test: ["CMD-SHELL", "curl -fsS http://localhost:3000/up || exit 1"]
                              interval: 10s
                            deploy:
                              replicas: 2
                              update_config: { order: start-first }
                          worker:
                            <<: *rails
                            command: bundle exec sidekiq
                            environment:
                              <<: *rails-env
                              QUEUES: default,mailers
                          migrate:
                            <<: *rails
                            command: bin/rails db:prepare
                            depends_on: [ db ]
                            restart: "no"
                          db:
                            image: postgres:17-alpine
                            volumes: [ "pgdata:/var/lib/postgresql/data" ]
                            environment:
                              - POSTGRES_USER=app
                              - POSTGRES_PASSWORD
                            healthcheck:
                              test: pg_isready -U app
                              retries: 10
                        volumes:
                          pgdata:
                        """);

        ComposeProject project = folder.project();
        assertThat(folder.problems()).isEmpty();
        assertThat(project.services()).containsOnlyKeys("web", "worker", "migrate", "db");
        ComposeService web = at(project.services(), "web");
        assertThat(web.process().environment())
                .containsOnly(
                        entry("RAILS_ENV", "production"),
                        entry("RAILS_MASTER_KEY", "abc"),
                        entry("DATABASE_URL", "postgres://app:s3cr$t@db/app"),
                        entry("RAILS_LOG_TO_STDOUT", "1"));
        assertThat(web.build().orElseThrow().args()).containsOnly(entry("RUBY_VERSION", "3.4"));
        assertThat(web.replicas()).isEqualTo(2);
        assertThat(at(web.dependsOn(), "migrate").condition()).isEqualTo(Condition.SERVICE_COMPLETED_SUCCESSFULLY);
        ComposeService worker = at(project.services(), "worker");
        assertThat(worker.process().command()).contains(List.of("bundle", "exec", "sidekiq"));
        assertThat(worker.process().environment())
                .containsEntry("QUEUES", "default,mailers")
                .hasSize(5);
        ComposeService migrate = at(project.services(), "migrate");
        assertThat(migrate.dependsOn()).containsOnlyKeys("db");
        assertThat(migrate.restart()).contains(new Restart("no", 0));
        assertThat(at(project.services(), "db").process().environment()).containsEntry("POSTGRES_PASSWORD", "s3cr$t");
        assertThat(at(project.services(), "db").healthcheck().orElseThrow().test())
                .containsExactly("CMD-SHELL", "pg_isready -U app");
    }

    @Test
    void aDjangoAppWithAnOverrideForOneRegion() {
        folder.file("web.env", "DJANGO_SETTINGS_MODULE=app.settings\nALLOWED_HOSTS=\"example.com, www.example.com\"\n")
                .file("docker-compose.yml", """
                        version: '3.8'
                        services:
                          web:
                            build: ./app
                            command: gunicorn app.wsgi:application --bind 0.0.0.0:8000
                            volumes:
                              - static_volume:/home/app/web/staticfiles
                            expose:
                              - 8000
                            env_file:
                              - ./web.env
                            depends_on:
                              - db
                          nginx:
                            build: ./nginx
                            ports:
                              - 1337:80
                            volumes:
                              - static_volume:/home/app/web/staticfiles:ro
                          db:
                            image: postgres:15
                            volumes:
                              - postgres_data:/var/lib/postgresql/data/
                        volumes:
                          postgres_data:
                          static_volume:
                        """)
                .file(
                        "regions/eu.yaml",
                        "services:\n  db: !reset null\n  web:\n    depends_on: !reset []\n    environment: {DB: eu}\n")
                .overrides("regions/eu.yaml");

        ComposeProject project = folder.project();
        assertThat(project.services()).containsOnlyKeys("web", "nginx");
        assertThat(project.volumes()).containsOnlyKeys("static_volume");
        assertThat(at(project.services(), "web").process().environment())
                .containsOnly(
                        entry("DJANGO_SETTINGS_MODULE", "app.settings"),
                        entry("ALLOWED_HOSTS", "example.com, www.example.com"),
                        entry("DB", "eu"));
        assertThat(at(project.services(), "nginx")
                        .networking()
                        .ports()
                        .getFirst()
                        .published())
                .isEqualTo("1337");
    }

    @Test
    void aWordPressWithSecretsInFiles() {
        folder.file("compose.yaml", """
                services:
                  wordpress:
                    image: wordpress:${WP_VERSION-6.7}-apache
                    restart: always
                    ports:
                      - 8080:80
                    environment:
                      WORDPRESS_DB_HOST: db
                      WORDPRESS_DB_PASSWORD_FILE: /run/secrets/db_password
                      WORDPRESS_CONFIG_EXTRA: |
                        define('WP_HOME', 'https://example.com');
                        $$table_prefix = 'wp_';
                    secrets: [db_password]
                    volumes:
                      - wordpress:/var/www/html
                      - ./uploads.ini:/usr/local/etc/php/conf.d/uploads.ini:ro
                    tmpfs: /run/apache2
                    logging:
                      driver: json-file
                      options: {max-size: "10m", max-file: "3"}
                  db:
                    image: mariadb:11
                    command: '--default-authentication-plugin=mysql_native_password'
                    restart: always
                    environment:
                      MARIADB_ROOT_PASSWORD_FILE: /run/secrets/db_password
                    secrets: [db_password]
                    ulimits:
                      nofile: {soft: 20000, hard: 40000}
                    volumes:
                      - type: volume
                        source: db
                        target: /var/lib/mysql
                secrets:
                  db_password:
                    file: ./db_password.txt
                volumes:
                  wordpress:
                  db: {driver: local}
                """);

        ComposeService wordpress = folder.service("wordpress");
        assertThat(folder.problems()).isEmpty();
        assertThat(wordpress.image()).contains("wordpress:6.7-apache");
        assertThat(wordpress.process().environment())
                .containsEntry(
                        "WORDPRESS_CONFIG_EXTRA",
                        "define('WP_HOME', 'https://example.com');\n$table_prefix = 'wp_';\n");
        assertThat(wordpress.storage().secrets().getFirst().target()).isEqualTo("/run/secrets/db_password");
        assertThat(wordpress.storage().volumes().get(1).source()).isEqualTo(folder.path() + "/uploads.ini");
        assertThat(folder.service("db").process().command())
                .contains(List.of("--default-authentication-plugin=mysql_native_password"));
    }

    @Test
    void aGiteaBehindTraefik() {
        folder.file("docker-compose.yaml", """
                networks:
                  gitea:
                    external: false
                  proxy:
                    external: true
                    name: traefik_proxy
                services:
                  server:
                    image: docker.io/gitea/gitea:1.22
                    container_name: gitea
                    environment:
                      - USER_UID=1000
                      - USER_GID=1000
                      - GITEA__database__HOST=db:3306
                    restart: always
                    networks:
                      - gitea
                      - proxy
                    volumes:
                      - ./gitea:/data
                      - /etc/timezone:/etc/timezone:ro
                      - /etc/localtime:/etc/localtime:ro
                    ports:
                      - "3000:3000"
                      - "222:22"
                    labels:
                      - traefik.enable=true
                      - "traefik.http.routers.git.rule=Host(`git.example.com`) && PathPrefix(`/`)"
                    depends_on:
                      - db
                  db:
                    image: docker.io/library/mysql:8
                    restart: always
                    networks:
                      gitea:
                        aliases: [database]
                """);

        ComposeService server = folder.service("server");
        assertThat(server.networking().networks()).containsOnlyKeys("gitea", "proxy");
        assertThat(at(folder.project().networks(), "proxy").engineName("shop")).isEqualTo("traefik_proxy");
        assertThat(at(folder.project().networks(), "gitea").engineName("shop")).isEqualTo("shop_gitea");
        assertThat(server.labels())
                .containsEntry("traefik.http.routers.git.rule", "Host(`git.example.com`) && PathPrefix(`/`)");
        assertThat(server.storage().volumes().getFirst().source()).isEqualTo(folder.path() + "/gitea");
        assertThat(at(folder.service("db").networking().networks(), "gitea").aliases())
                .containsExactly("database");
    }

    @Test
    void aMonitoringStackWithInlineConfigs() {
        folder.file("compose.yaml", """
                services:
                  prometheus:
                    image: prom/prometheus
                    user: "65534:65534"
                    command:
                      - --config.file=/etc/prometheus/prometheus.yml
                      - '--web.external-url=${URL:-http://localhost:9090}'
                    configs:
                      - source: prometheus
                        target: /etc/prometheus/prometheus.yml
                    extra_hosts: ["host.docker.internal:host-gateway"]
                    stop_grace_period: 1m
                    read_only: true
                    cap_drop: [ALL]
                    deploy:
                      resources:
                        limits: {cpus: '1.50', memory: 1G}
                  node-exporter:
                    image: prom/node-exporter
                    network_mode: host
                    profiles: [hosts]
                configs:
                  prometheus:
                    content: |
                      scrape_configs:
                        - job_name: $${job}
                """);

        ComposeService prometheus = folder.service("prometheus");
        assertThat(prometheus.process().command().orElseThrow().getLast())
                .isEqualTo("--web.external-url=http://localhost:9090");
        assertThat(at(folder.project().configs(), "prometheus").content())
                .isEqualTo(new FileContent.Inline("scrape_configs:\n  - job_name: ${job}\n"));
        assertThat(prometheus.resources().nanoCpus()).isEqualTo(1_500_000_000);
        assertThat(prometheus.resources().memoryBytes()).isEqualTo(1 << 30);
        assertThat(folder.project().services()).containsOnlyKeys("prometheus");
        assertThat(folder.profiles("hosts")
                        .service("node-exporter")
                        .networking()
                        .networkMode())
                .contains("host");
    }
}
