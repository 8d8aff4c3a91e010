package io.ipam.pool;

import io.ipam.address.Family;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Replaces patterns by names. Thread safety: none. */
final class NameExpansion {
    private final PoolCatalog catalog;
    private final Family family;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> repeated = new LinkedHashSet<>();
    private final Set<String> unmatched = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    NameExpansion(PoolCatalog catalog, Family family) {
        this.catalog = catalog;
        this.family = family;
    }

    ExpandedNames of(List<String> list) {
        for (int i = 0; i < list.size(); i++) {
            String name = list.get(i);
            if (PoolNamePattern.isPattern(name)) {
                addMatching(name, "[" + i + "]");
            } else {
                add(name);
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidPatternException(problems);
        }
        return new ExpandedNames(List.copyOf(names), List.copyOf(repeated), List.copyOf(unmatched));
    }

    private void addMatching(String text, String where) {
        try {
            List<Pool> found = catalog.matching(PoolNamePattern.parse(text), family);
            found.forEach(pool -> add(pool.name()));
            if (found.isEmpty()) {
                unmatched.add(text);
            }
        } catch (InvalidPatternException e) {
            e.problems().forEach(problem -> problems.add(problem.withWhere(where)));
        }
    }

    private void add(String name) {
        if (!names.add(name)) {
            repeated.add(name);
        }
    }
}
