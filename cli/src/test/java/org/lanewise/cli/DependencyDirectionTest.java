package org.lanewise.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/**
 * Keeps the modules' dependencies one-way and the core free of what does not belong there. Modules are told apart by their
 * packages.
 */
class DependencyDirectionTest {
    private static final String ROOT = "org.lanewise.";
    private static final List<String> SYSTEMS = List.of("henaw", "heteroage", "genomepath", "mheight", "clinical");
    /** What each package may use of the others. A system may use everything below, never another system. */
    private static final List<Module> MODULES = Stream.concat(Stream.of(
            new Module("engine", List.of()),
            new Module("autograd", List.of("engine")),
            new Module("nn", List.of("engine", "autograd")),
            new Module("optim", List.of("engine", "autograd", "nn")),
            new Module("tabular", List.of("engine")),
            new Module("linear", List.of("engine", "tabular")),
            new Module("boosting", List.of("engine", "tabular"))),
            SYSTEMS.stream().map(DependencyDirectionTest::system)).toList();

    private static JavaClasses all;

    private record Module(String name, List<String> uses) {}

    private static Module system(String name) {
        return new Module(name, List.of("engine", "autograd", "nn", "optim", "tabular", "linear", "boosting"));
    }

    @BeforeAll
    static void load() {
        all = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.lanewise");
    }

    @Test
    void dependenciesRunOneWay() {
        for (Module module : MODULES) {
            String[] allowed = Stream
                    .concat(Stream.of(module.name), module.uses.stream())
                    .map(name -> ROOT + name + "..").toArray(String[]::new);
            noClasses().that().resideInAPackage(ROOT + module.name + "..").should().dependOnClassesThat(
                    Predicates.resideInAPackage("org.lanewise..").and(Predicates.resideOutsideOfPackages(allowed)))
                    .allowEmptyShould(true).check(all);
        }
    }

    @Test
    void packagesOfASystemHaveNoCycles() {
        SliceAssignment packages = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                boolean inSystem = SYSTEMS.stream().map(ROOT::concat)
                        .anyMatch(root -> name.equals(root) || name.startsWith(root + "."));
                return inSystem ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "the packages of each system";
            }
        };
        slices().assignedFrom(packages).should().beFreeOfCycles().check(all);
    }

    @Test
    void everyPackageBelongsToAModule() {
        String[] known = Stream
                .concat(MODULES.stream().map(Module::name), Stream.of("cli"))
                .map(name -> ROOT + name + "..").toArray(String[]::new);
        classes().that().resideInAPackage("org.lanewise..").should().resideInAnyPackage(known).check(all);
    }

    @Test
    void onlyTheSimdPackageTouchesTheIncubator() {
        noClasses().that().resideOutsideOfPackage("org.lanewise.engine.simd..").should().dependOnClassesThat()
                .resideInAPackage("jdk.incubator..").check(all);
    }

    @Test
    void theCoreNeedsNothingButTheJdk() {
        noClasses().that()
                .resideInAnyPackage("org.lanewise.engine..", "org.lanewise.autograd..", "org.lanewise.nn..",
                        "org.lanewise.optim..")
                .should().dependOnClassesThat()
                .resideOutsideOfPackages("java..", "jdk.incubator.vector..", "com.sun.management..",
                        "org.lanewise..", "it.unimi.dsi..", "org.ejml..")
                .check(all);
    }

    @Test
    void objectsAreNeverSerializedByJava() {
        noClasses().should().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectInputStream")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.io.ObjectOutputStream")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.io.Externalizable").check(all);
        noClasses().should(new DirectlyImplements("java.io.Serializable")).check(all);
    }

    @Test
    void noInternalsOfTheJdk() {
        noClasses().should().dependOnClassesThat().resideInAnyPackage("sun..", "jdk.internal..").check(all);
    }

    @Test
    void onlyMainEndsTheJvm() {
        noClasses().that().doNotHaveFullyQualifiedName("org.lanewise.cli.Main").should()
                .callMethod(System.class, "exit", int.class)
                .orShould().callMethod(Runtime.class, "exit", int.class).orShould()
                .callMethod(Runtime.class, "halt", int.class).check(all);
    }
}
