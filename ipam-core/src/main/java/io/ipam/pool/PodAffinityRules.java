package io.ipam.pool;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/**
 * What the selectors of a pool may say. An empty podAffinity would shut out nobody and is refused. On an auto-created pool it names
 * the application: by the five keys of {@link Application#AFFINITY_KEYS} alone, with any values.
 */
final class PodAffinityRules {
    private static final String WHERE = "spec.podAffinity";

    private final PoolBuilder source;
    private final List<Problem> problems;

    PodAffinityRules(PoolBuilder source, List<Problem> problems) {
        this.source = source;
        this.problems = problems;
    }

    void check() {
        source.affinity.pod().ifPresent(selector -> {
            if (source.labels.containsKey(Pool.OWNER_APPLICATION_NAME_LABEL)) {
                checkOfAutoCreated(selector);
            } else {
                checkValues(WHERE, selector);
                checkNotEmpty(selector);
            }
        });
        source.affinity.namespace().ifPresent(selector -> checkValues("spec.namespaceAffinity", selector));
        source.affinity.node().ifPresent(selector -> checkValues("spec.nodeAffinity", selector));
    }

    private void checkNotEmpty(LabelSelector selector) {
        if (selector.isEmpty()) {
            String rule = "a podAffinity has at least one requirement";
            problems.add(Problem.of(ProblemType.INVALID, WHERE, "{}", rule, "leave spec.podAffinity out to serve all"));
        }
    }

    private void checkValues(String where, LabelSelector selector) {
        List<Problem> found = new ArrayList<>();
        selector.checkValues(found);
        found.forEach(problem -> problems.add(problem.withWhere(where)));
    }

    private void checkOfAutoCreated(LabelSelector selector) {
        for (String key : selector.matchLabels().keySet()) {
            if (!Application.AFFINITY_KEYS.contains(key)) {
                String rule = "the podAffinity of an auto-created pool has the ipam.spidernet.io/app- keys alone";
                problems.add(Problem.of(ProblemType.INVALID, WHERE, key, rule, "remove " + key));
            }
        }
        for (LabelRequirement requirement : selector.matchExpressions()) {
            String rule = "the podAffinity of an auto-created pool has no matchExpressions";
            problems.add(Problem.of(ProblemType.INVALID, WHERE, requirement.toString(), rule, "remove them"));
        }
    }
}
