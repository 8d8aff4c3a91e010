package io.ipam.resolution;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The names of the interfaces of items. An item without a name is assigned by its position. */
final class ItemNames {
    private static final int COMPARED_IN_PLACE = 8;

    private ItemNames() {}

    /** The name of each item, or its position. */
    static List<String> shown(List<Optional<String>> names) {
        List<String> shown = new ArrayList<>(names.size());
        for (int index = 0; index < names.size(); index++) {
            shown.add(names.get(index).orElse(Integer.toString(index)));
        }
        return List.copyOf(shown);
    }

    /**
     * The problems that do not depend on the interfaces, with paths relative to the list of items.
     */
    static List<Problem> problems(List<Optional<String>> names) {
        if (names.isEmpty()) {
            return List.of(Problem.of(
                    ProblemType.REQUIRED, "", "[]", "at least one item is required", "add an item for each interface"));
        }
        if (areAllNamedApart(names) || names.stream().allMatch(Optional::isEmpty)) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index).orElse("");
            String where = "[" + index + "].interface";
            if (name.isEmpty()) {
                problems.add(Problem.of(
                        ProblemType.REQUIRED,
                        where,
                        "",
                        "either all items must name their interface or none",
                        "name the interface of this item, or remove all names"));
            } else if (!seen.add(name)) {
                problems.add(Problem.of(
                        ProblemType.DUPLICATE,
                        where,
                        name,
                        "an interface must have only one item",
                        "put all pools of " + name + " into one item"));
            }
        }
        return problems;
    }

    /**
     * Whether all items name their interface and no name is repeated. A few names are compared
     * without creating an object.
     */
    private static boolean areAllNamedApart(List<Optional<String>> names) {
        if (names.size() > COMPARED_IN_PLACE) {
            Set<Optional<String>> seen = new HashSet<>();
            return names.stream().allMatch(name -> name.isPresent() && seen.add(name));
        }
        for (int index = 0; index < names.size(); index++) {
            Optional<String> name = names.get(index);
            boolean apart = name.isPresent();
            for (int before = 0; before < index && apart; before++) {
                apart = !name.equals(names.get(before));
            }
            if (!apart) {
                return false;
            }
        }
        return true;
    }
}
