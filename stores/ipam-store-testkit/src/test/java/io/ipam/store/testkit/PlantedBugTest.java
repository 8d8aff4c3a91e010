package io.ipam.store.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract fails for every store that breaks a guarantee. */
class PlantedBugTest {
    private static PlantedBug current = PlantedBug.IGNORES_ID;

    /** The contract of the store with the current bug; it is run by this test only. */
    static class BrokenStore extends SimulatedStoreContract {
        BrokenStore() {
            super(current.server());
        }
    }

    @ParameterizedTest
    @EnumSource
    void contract_plantedBug_failsNamedTests(PlantedBug bug) {
        List<DiscoverySelector> tests = bug.tests().stream()
                .map(name -> (DiscoverySelector) selectMethod(BrokenStore.class, name))
                .toList();
        assertEquals(new TreeSet<>(bug.tests()), run(bug, tests).keySet());
    }

    /** Prints the tests that no planted bug breaks: each may be one that cannot fail. */
    @Test
    @Tag("long")
    void contract_allPlantedBugs_failMostTests() {
        Set<String> passed = new TreeSet<>();
        for (java.lang.reflect.Method method : BrokenStore.class.getMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                passed.add(method.getName());
            }
        }
        int all = passed.size();
        for (PlantedBug bug : PlantedBug.values()) {
            passed.removeAll(run(bug, List.of(selectClass(BrokenStore.class))).keySet());
        }
        System.out.println(passed.size() + " of " + all + " tests fail for no planted bug: " + passed);
        assertEquals(true, passed.size() <= all / 4, passed::toString);
    }

    /** {@return the failures by the name of the test} */
    private static TreeMap<String, Throwable> run(PlantedBug bug, List<DiscoverySelector> tests) {
        current = bug;
        TreeMap<String, Throwable> failures = new TreeMap<>();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    failures.put(
                            test.getDisplayName().replace("()", ""),
                            result.getThrowable().orElseThrow());
                }
            }
        });
        return failures;
    }
}
