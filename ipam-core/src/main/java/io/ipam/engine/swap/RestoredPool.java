package io.ipam.engine.swap;

import io.ipam.allocation.PoolSnapshot;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;

/** The records of one pool of a snapshot, and their problems. Thread safety: none. */
final class RestoredPool {
    private final PoolSnapshot records;
    private final String where;
    private final List<Problem> problems = new ArrayList<>(0);

    RestoredPool(PoolSnapshot records, String where) {
        this.records = records;
        this.where = where;
    }

    PoolSnapshot records() {
        return records;
    }

    /** The path of the records in the snapshot. */
    String where() {
        return where;
    }

    List<Problem> problems() {
        return problems;
    }

    void add(ProblemType type, String path, String offending, String rule, String hint) {
        add(Problem.of(type, where + path, offending, rule, hint));
    }

    void add(Problem problem) {
        problems.add(problem);
    }
}
