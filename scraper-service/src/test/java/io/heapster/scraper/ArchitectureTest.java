package io.heapster.scraper;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Test;

/** The folder listing is the architecture: a step uses only steps before it. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.heapster.scraper");

    @Test
    void aStepUsesOnlyStepsBeforeIt() {
        Architectures.layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("source")
                .definedBy("io.heapster.scraper.source..")
                .layer("schedule")
                .definedBy("io.heapster.scraper.schedule..")
                .layer("derive")
                .definedBy("io.heapster.scraper.derive..")
                .layer("publish")
                .definedBy("io.heapster.scraper.publish..")
                .layer("pipeline")
                .definedBy("io.heapster.scraper")
                .layer("health")
                .definedBy("io.heapster.scraper.health..")
                .layer("api")
                .definedBy("io.heapster.scraper.api..")
                .whereLayer("source")
                .mayNotAccessAnyLayer()
                .whereLayer("schedule")
                .mayOnlyAccessLayers("source")
                .whereLayer("derive")
                .mayOnlyAccessLayers("source")
                .whereLayer("publish")
                .mayNotAccessAnyLayer()
                .whereLayer("pipeline")
                .mayOnlyAccessLayers("source", "schedule", "derive", "publish")
                .check(CLASSES);
    }

    @Test
    void kafkasTypesAppearOnlyWhereRecordsArePublished() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.heapster.scraper.publish..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .check(CLASSES);
    }

    @Test
    void kubernetesTypesAppearOnlyInItsSource() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.heapster.scraper.source.kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..")
                .check(CLASSES);
    }

    @Test
    void aSourceDoesNotKnowAnother() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.heapster.scraper.source.host..",
                        "io.heapster.scraper.source.cadvisor..",
                        "io.heapster.scraper.source.fetch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.heapster.scraper.source.kubernetes..")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Common|Impl)$")
                .check(CLASSES);
    }
}
