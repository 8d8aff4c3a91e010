package io.ipam.documents;

import io.ipam.json.JsonProblems;
import io.ipam.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The first problems of a document, and the number of the others. Thread safety: none. */
final class ProblemLog {
    private final List<Problem> first = new ArrayList<>();
    private int count;

    void add(Problem problem) {
        count++;
        if (first.size() < JsonProblems.MOST) {
            first.add(problem);
        }
    }

    void addAll(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    /** Adds the problems of a part, including those that it does not list. */
    void addAll(ProblemLog part) {
        addAll(part.first);
        count += part.count - part.first.size();
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The number of problems, including those that are not listed. */
    int count() {
        return count;
    }

    /** The problems that are listed. */
    List<Problem> first() {
        return first;
    }

    /** The first problems, and one that counts the others. */
    List<Problem> toList() {
        List<Problem> all = new ArrayList<>(first);
        if (count > first.size()) {
            all.add(JsonProblems.more(count - first.size()));
        }
        return List.copyOf(all);
    }
}
