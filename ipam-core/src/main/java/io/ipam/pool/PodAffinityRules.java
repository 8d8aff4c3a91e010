package io.ipam.pool;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules for the selectors of a pool. An empty podAffinity would exclude no pod and is refused.
 * The podAffinity of an auto-created pool identifies its application: only by the five keys of
 * {@link Application#AFFINITY_KEYS}, with any values.
 */
final class PodAffinityRules {
    private static final String WHERE = "spec.podAffinity";

    private PodAffinityRules() {}

    /** Adds the problems of the selectors of a definition. */
    static void check(PoolBuilder source, List<Problem> problems) {
        source.affinity.pod().ifPresent(selector -> {
            if (source.labels.containsKey(Pool.OWNER_APPLICATION_NAME_LABEL)) {
                checkOfAutoCreated(selector, problems);
            } else {
                checkValues(WHERE, selector, problems);
                if (selector.isEmpty()) {
                    String rule = "a podAffinity must have at least one requirement";
                    add("{}", rule, "omit spec.podAffinity to serve all", problems);
                }
            }
        });
        source.affinity.namespace().ifPresent(selector -> checkValues("spec.namespaceAffinity", selector, problems));
        source.affinity.node().ifPresent(selector -> checkValues("spec.nodeAffinity", selector, problems));
    }

    private static void checkValues(String where, LabelSelector selector, List<Problem> problems) {
        List<Problem> found = new ArrayList<>();
        selector.checkValues(found);
        found.forEach(problem -> problems.add(problem.withWhere(where)));
    }

    private static void checkOfAutoCreated(LabelSelector selector, List<Problem> problems) {
        for (String key : selector.matchLabels().keySet()) {
            if (!Application.AFFINITY_KEYS.contains(key)) {
                String rule = "the podAffinity of an auto-created pool must have only ipam.spidernet.io/app- keys";
                add(key, rule, "remove " + key, problems);
            }
        }
        for (LabelRequirement requirement : selector.matchExpressions()) {
            String rule = "the podAffinity of an auto-created pool must have no matchExpressions";
            add(requirement.toString(), rule, "remove them", problems);
        }
    }

    private static void add(String offending, String rule, String hint, List<Problem> problems) {
        problems.add(Problem.of(ProblemType.INVALID, WHERE, offending, rule, hint));
    }
}
