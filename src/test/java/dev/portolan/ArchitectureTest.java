package dev.portolan;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;

/** The direction of the packages, as CONTRIBUTING.md draws it. */
@AnalyzeClasses(packages = "dev.portolan", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ROOT = "dev.portolan.";

    /** What each package may use of ours, besides itself. Implementations are the sub-packages that only Main names. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("yaml", Set.of("model")),
            Map.entry("http", Set.of("host")),
            Map.entry("compose", Set.of("model", "yaml")),
            Map.entry("build", Set.of("model")),
            Map.entry("files", Set.of("model")),
            Map.entry("config", Set.of("model", "yaml", "compose", "build", "files")),
            Map.entry("host", Set.of("model", "files")),
            Map.entry("docker", Set.of("model")),
            Map.entry("proxy", Set.of("model")),
            Map.entry("traffic", Set.of("model")),
            Map.entry("plan", Set.of("model")),
            Map.entry("images", Set.of("model", "host", "docker")),
            Map.entry("fleet", Set.of("model", "host", "docker", "images", "proxy", "traffic")),
            Map.entry("observe", Set.of("model", "host", "docker", "proxy", "traffic", "fleet")),
            Map.entry("json", Set.of()),
            Map.entry("journal", Set.of("model", "host", "json")),
            Map.entry(
                    "rollout",
                    Set.of(
                            "model", "files", "host", "docker", "images", "proxy", "traffic", "fleet", "plan",
                            "journal")),
            Map.entry("host.local", Set.of("host", "files")),
            Map.entry("host.ssh", Set.of("model", "host", "files")),
            Map.entry("docker.api", Set.of("model", "host", "docker", "http", "build", "buildkit")),
            Map.entry("buildkit", Set.of("model", "host", "build")),
            Map.entry("haproxy", Set.of("model", "host", "docker")),
            Map.entry("proxy.haproxy", Set.of("model", "host", "docker", "proxy", "haproxy", "json")),
            Map.entry("traffic.edge", Set.of("model", "host", "docker", "traffic", "haproxy", "json")),
            Map.entry("logs", Set.of("model", "docker", "fleet")),
            Map.entry("load", Set.of("model", "host", "http")),
            Map.entry("secrets", Set.of("model", "fleet")),
            Map.entry("secrets.age", Set.of("model", "secrets", "json")),
            Map.entry("secrets.aws", Set.of("model", "secrets")),
            Map.entry("secrets.vault", Set.of("model", "secrets")),
            Map.entry("secrets.environment", Set.of("model", "secrets")),
            Map.entry("secrets.command", Set.of("model", "secrets")),
            Map.entry("setup", Set.of("model", "host", "docker")),
            Map.entry("demo.hosts", Set.of("model", "build", "host", "host.ssh", "http", "docker", "setup", "demo")));

    @ArchTest
    static final ArchRule thereIsNoCircleOfPackages =
            slices().matching("dev.portolan.(**)").should().beFreeOfCycles();

    @ArchTest
    static void everyPackageUsesOnlyWhatItMay(com.tngtech.archunit.core.domain.JavaClasses all) {
        ALLOWED.forEach((name, allowed) -> noClasses()
                .that()
                .resideInAPackage(ROOT + name)
                .should()
                .dependOnClassesThat(oursOutside(name, allowed))
                .allowEmptyShould(true)
                .because("CONTRIBUTING.md says what " + name + " may use")
                .check(all));
    }

    @ArchTest
    static final ArchRule onlyMainNamesImplementations = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.portolan",
                    ROOT + "*.api",
                    ROOT + "*.local",
                    ROOT + "*.haproxy",
                    ROOT + "*.edge",
                    ROOT + "secrets.*")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "*.api", ROOT + "*.local", ROOT + "*.haproxy", ROOT + "*.edge", ROOT + "secrets.*")
            .because("implementations are chosen in one place");

    @ArchTest
    static final ArchRule onlyTheCommandLineAndTheDemoPrint = noClasses()
            .that()
            .resideOutsideOfPackages("dev.portolan", ROOT + "cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule utilitiesAreNamedAfterWhatTheyAre = classes()
            .should()
            .haveNameNotMatching(".*(Helper|Util|Utils|Manager|Context)$")
            .because("such names say nothing");

    private static DescribedPredicate<JavaClass> oursOutside(String name, Set<String> allowed) {
        return DescribedPredicate.describe(
                "are ours and outside of " + name + " and " + allowed,
                found -> found.getPackageName().startsWith("dev.portolan")
                        && !found.getPackageName().equals(ROOT + name)
                        && allowed.stream()
                                .noneMatch(other -> found.getPackageName().equals(ROOT + other)));
    }
}
