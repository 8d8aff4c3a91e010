package io.ipam.store.testkit;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of contract tests inside a test: the failures by the name of the test. */
final class ContractRun implements TestExecutionListener {
    private final SortedMap<String, Throwable> failures = new TreeMap<>();
    private int passed;

    static ContractRun of(List<DiscoverySelector> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests)
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        ContractRun run = new ContractRun();
        LauncherFactory.create().execute(request, run);
        return run;
    }

    SortedMap<String, Throwable> failures() {
        return failures;
    }

    int passed() {
        return passed;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            failures.put(
                    test.getDisplayName().replace("()", ""),
                    result.getThrowable().orElseThrow());
        } else if (test.isTest()) {
            passed++;
        }
    }
}
