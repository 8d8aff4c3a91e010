package io.ipam.store.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.DiscoverySelector;

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
        current = bug;
        assertEquals(
                new TreeSet<>(bug.tests()), ContractRun.of(tests).failures().keySet());
    }

    /** A test that no planted bug breaks may be one that cannot fail. The number may only fall. */
    @Test
    void contract_testsThatNoBugBreaks_areFew() {
        Set<String> unbroken = new TreeSet<>();
        for (Method method : BrokenStore.class.getMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                unbroken.add(method.getName());
            }
        }
        assertTrue(unbroken.size() > 100, unbroken::toString);
        for (PlantedBug bug : PlantedBug.values()) {
            unbroken.removeAll(bug.tests());
        }
        assertTrue(unbroken.size() <= 15, () -> unbroken.size() + " tests are broken by no bug: " + unbroken);
    }
}
